import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { KnownWordView } from '../../../src-preload/aid-views.ts';
import { useRead } from '../../api.ts';
import { type Language, useLanguage } from '../../time.ts';
import { useDesk } from '../../ui/use-desk.ts';
import { useKept } from '../../ui/use-kept.ts';
import type { TextAbout } from '../aids/text-about.ts';
import { useRemembered } from '../aids/use-remembered.ts';
import { languageOf, languageOfBrand } from './language.ts';
import { shiftWords } from './shift-words.ts';
import { type Speller, startSpeller } from './speller.ts';
import { type WordAt, wordsOfName } from './words-in.ts';

const CHOICES = ['auto', 'en', 'fr', 'off'] as const;
export type SpellingChoice = (typeof CHOICES)[number];
type Choices = Readonly<Record<string, SpellingChoice>>;

export type Spelling = {
  readonly choice: SpellingChoice;
  setChoice(choice: SpellingChoice): void;
  /** What 'auto' comes to. */
  readonly auto: Language;
  /** In which the text is looked up; null while that is off. */
  readonly language: Language | null;
  /** Per part. */
  readonly wrong: readonly (readonly WordAt[])[];
  readonly isFailed: boolean;
  suggest(word: string): Promise<readonly string[]>;
  /** Leaves a word alone for as long as the window lives. */
  ignore(word: string): void;
  /** Words people added for these brands or for all. */
  readonly added: readonly KnownWordView[];
};

const NO_WORDS: readonly KnownWordView[] = [];
const NONE_IGNORED: readonly string[] = [];
const UNCHECKED: { texts: readonly string[]; wrong: readonly (readonly WordAt[])[] } = {
  texts: [],
  wrong: [],
};
const parseChoices = (kept: unknown): Choices =>
  Object.fromEntries(
    Object.entries(typeof kept === 'object' && kept !== null ? kept : {}).filter(([, one]) =>
      CHOICES.includes(one as SpellingChoice),
    ),
  ) as Choices;

/** Looks the parts of a text up, a moment after the last key. What is chosen is remembered for each brand. */
export function useSpelling(parts: readonly string[], about: TextAbout): Spelling {
  const here = useLanguage();
  const desk = useDesk();
  const [choices, setChoices] = useRemembered<Choices>('spelling', parseChoices);
  const [ignored, setIgnored] = useKept<readonly string[]>('spelling-ignored', NONE_IGNORED);
  const brandKey = about.brands.length === 1 ? String(about.brands[0]?.id) : 'all';
  const choice = choices[brandKey] ?? 'auto';
  const [settled] = useDebouncedValue(parts, 250);
  const first = about.brands[0];
  const auto = useMemo(
    () => languageOf(settled.join(' ')) ?? (first ? languageOfBrand(first) : here),
    [settled, first, here],
  );
  const language = choice === 'auto' ? auto : choice === 'off' ? null : choice;

  const words = useRead('word.list', {}, { enabled: language !== null }).data ?? NO_WORDS;
  const added = useMemo(() => {
    const ids = new Set(about.brands.map(({ id }) => id));
    return words.filter(({ brandId }) => brandId === null || ids.has(brandId));
  }, [words, about.brands]);
  const known = useMemo(() => {
    const names = desk.brands.flatMap(({ name, accounts }) => [name, ...accounts.map((one) => one.name)]);
    return [...added.map(({ word }) => word), ...ignored, ...new Set(names.flatMap(wordsOfName))];
  }, [added, ignored, desk.brands]);

  const hasText = parts.some((part) => part.trim() !== '');
  const speller = useQuery<Speller>({
    queryKey: ['speller'],
    queryFn: startSpeller,
    enabled: language !== null && hasText,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  }).data;
  const [checked, setChecked] = useState(UNCHECKED);
  const [isFailed, setIsFailed] = useState(false);
  useEffect(() => {
    const outdated = new AbortController();
    if (language === null) setChecked(UNCHECKED);
    else
      speller?.check({ language, texts: settled, known }, outdated.signal).then(
        (wrong) => {
          if (outdated.signal.aborted) return;
          setIsFailed(false);
          setChecked({ texts: settled, wrong });
        },
        () => {
          if (!outdated.signal.aborted) setIsFailed(true);
        },
      );
    return () => outdated.abort();
  }, [speller, language, settled, known]);
  const wrong = useMemo(
    () => parts.map((part, at) => shiftWords(checked.texts[at] ?? '', part, checked.wrong[at] ?? [])),
    [parts, checked],
  );
  return {
    choice,
    setChoice: (next) => setChoices({ ...choices, [brandKey]: next }),
    auto,
    language,
    wrong,
    isFailed,
    suggest: async (word) => (language === null ? [] : ((await speller?.suggest(language, word)) ?? [])),
    ignore: (word) => setIgnored((now) => [...now, word]),
    added,
  };
}
