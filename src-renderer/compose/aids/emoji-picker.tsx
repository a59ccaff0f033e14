import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, useLanguage } from '../../time.ts';
import type { Emoji } from './emoji-data.ts';
import css from './emoji-picker.module.css';
import { useRemembered } from './use-remembered.ts';

const COLUMNS = 9;
const MOST_RECENT = 18;
/** Each group, and what stands for it. */
const GROUPS = [
  { group: 0, sign: '🙂', name: 'smileys' },
  { group: 1, sign: '👋', name: 'people' },
  { group: 3, sign: '🌿', name: 'nature' },
  { group: 4, sign: '🍎', name: 'food' },
  { group: 5, sign: '🚗', name: 'travel' },
  { group: 6, sign: '🎉', name: 'activities' },
  { group: 7, sign: '💡', name: 'objects' },
  { group: 8, sign: '💬', name: 'symbols' },
  { group: 9, sign: '🏁', name: 'flags' },
] as const;
const TONES = [
  { hand: '✋', name: 'none' },
  { hand: '✋🏻', name: 'light' },
  { hand: '✋🏼', name: 'mediumLight' },
  { hand: '✋🏽', name: 'medium' },
  { hand: '✋🏾', name: 'mediumDark' },
  { hand: '✋🏿', name: 'dark' },
] as const;

const parseRecent = (kept: unknown) =>
  Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, MOST_RECENT) : [];
const parseTone = (kept: unknown) => (TONES[Number(kept)] === undefined ? 0 : Number(kept));

/** Searchable in both languages, with those used lately; all of it by keyboard. Enter in the search takes the first. */
export function EmojiPicker(props: { onChoose: (emoji: string) => void }) {
  const { t } = useTranslation('aids');
  const language = useLanguage();
  const read = useQuery({
    queryKey: ['emoji'],
    queryFn: async () => {
      const { readEmoji, findEmoji } = await import('./emoji-data.ts');
      return { all: readEmoji(), find: findEmoji };
    },
    gcTime: 60_000,
    structuralSharing: false,
  });
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState<(typeof GROUPS)[number]>(GROUPS[0]);
  const [recent, setRecent] = useRemembered<readonly string[]>('recent-emoji', parseRecent);
  const [tone, setTone] = useRemembered('emoji-tone', parseTone);
  const box = useRef<HTMLDivElement>(null);

  const { data } = read;
  const lately = useMemo(() => {
    const known = new Map(data?.all.flatMap((one) => [one.unicode, ...one.skins].map((each) => [each, one])));
    return recent.flatMap((unicode) => {
      const one = known.get(unicode);
      return one ? [{ ...one, unicode, skins: [] }] : [];
    });
  }, [data, recent]);
  const shown = useMemo(() => {
    if (!data) return [];
    return search.trim() === ''
      ? data.all.filter((one) => one.group === group.group)
      : data.find(data.all, search, language);
  }, [data, search, group, language]);
  const isSearching = search.trim() !== '';

  const choose = (unicode: string) => {
    setRecent([unicode, ...recent.filter((one) => one !== unicode)].slice(0, MOST_RECENT));
    props.onChoose(unicode);
  };
  const latest = useRef(choose);
  latest.current = choose;
  const take = useMemo(() => (unicode: string) => latest.current(unicode), []);

  const move = (event: KeyboardEvent) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[data-emoji]') ?? [])];
    const now = all.indexOf(document.activeElement as HTMLElement);
    const isInSearch = event.target instanceof HTMLInputElement;
    if (isInSearch ? event.key !== 'ArrowDown' : now < 0) return;
    const next = isInSearch ? 0 : placeAfter(all, now, event.key);
    if (next === null) return;
    event.preventDefault();
    if (next < 0) box.current?.querySelector('input')?.focus();
    else all[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move the focus between what is inside.
    <div ref={box} className={css.picker} onKeyDown={move}>
      <TextInput
        data-autofocus
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = shown;
          if (event.key !== 'Enter' || !isSearching || !first) return;
          event.preventDefault();
          choose(toned(first, tone));
        }}
      />
      <fieldset className={css.bar} aria-label={t('emoji.groups')}>
        {GROUPS.map((one) => (
          <button
            key={one.name}
            type="button"
            className={css.emoji}
            aria-label={t(`emoji.group.${one.name}`)}
            title={t(`emoji.group.${one.name}`)}
            aria-pressed={!isSearching && group === one}
            onClick={() => {
              setSearch('');
              setGroup(one);
            }}
          >
            {one.sign}
          </button>
        ))}
      </fieldset>
      <div className={css.lists}>
        {!isSearching && lately.length > 0 ? (
          <>
            <div className={css.title}>{t('emoji.recent')}</div>
            <Grid emoji={lately} tone={0} language={language} isReached onTake={take} />
          </>
        ) : null}
        <div className={css.title} role={isSearching ? 'status' : undefined}>
          {!isSearching
            ? t(`emoji.group.${group.name}`)
            : t('emoji.found', { count: shown.length, n: shown.length })}
        </div>
        <Grid
          emoji={shown}
          tone={tone}
          language={language}
          isReached={isSearching || lately.length === 0}
          onTake={take}
        />
        {read.isError ? <p role="alert">{t('emoji.notRead')}</p> : null}
      </div>
      <fieldset className={css.bar} aria-label={t('emoji.tones')}>
        {TONES.map(({ hand, name }, index) => (
          <button
            key={name}
            type="button"
            className={css.emoji}
            aria-label={t(`emoji.tone.${name}`)}
            title={t(`emoji.tone.${name}`)}
            aria-pressed={tone === index}
            onClick={() => setTone(index)}
          >
            {hand}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

const toned = (emoji: Emoji, tone: number) => emoji.skins[tone - 1] ?? emoji.unicode;

/** Where an arrow leads; -1 is the search, null nowhere. Rows are of two lists, so what lies above or below is told by where it is drawn. */
function placeAfter(all: readonly HTMLElement[], now: number, key: string): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(now + 1, all.length - 1);
    case 'ArrowLeft':
      return now - 1;
    case 'Home':
      return 0;
    case 'End':
      return all.length - 1;
    case 'ArrowDown':
    case 'ArrowUp': {
      const here = all[now]?.getBoundingClientRect();
      if (!here) return null;
      const isUp = key === 'ArrowUp';
      const onWay = all
        .map((one, index) => ({ index, box: one.getBoundingClientRect() }))
        .filter(({ box }) => (isUp ? box.bottom <= here.top : box.top >= here.bottom));
      const rowTop = isUp
        ? Math.max(...onWay.map(({ box }) => box.top))
        : Math.min(...onWay.map(({ box }) => box.top));
      const inRow = onWay.filter(({ box }) => box.top === rowTop);
      const nearest = inRow.sort(
        (a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left),
      )[0];
      return nearest ? nearest.index : isUp ? -1 : null;
    }
    default:
      return null;
  }
}

const Grid = memo(function Grid(props: {
  emoji: readonly Emoji[];
  tone: number;
  language: Language;
  /** Tab comes to its first; the arrows go on from there. */
  isReached: boolean;
  onTake: (unicode: string) => void;
}) {
  const { emoji, tone, language } = props;
  return (
    <div className={css.grid} style={{ gridTemplateColumns: `repeat(${COLUMNS}, 1fr)` }}>
      {emoji.map((one, index) => {
        const unicode = toned(one, tone);
        return (
          <button
            key={unicode}
            type="button"
            data-emoji=""
            className={css.emoji}
            tabIndex={props.isReached && index === 0 ? 0 : -1}
            aria-label={one.label[language]}
            title={one.label[language]}
            onClick={() => props.onTake(unicode)}
          >
            {unicode}
          </button>
        );
      })}
    </div>
  );
});
