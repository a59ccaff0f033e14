import { Button, Menu, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownWordView } from '../../../src-preload/aid-views.ts';
import { useAction } from '../../api.ts';
import { numberOf, useLanguage } from '../../time.ts';
import { Notice } from '../../ui/notice.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import type { TextAbout } from '../aids/text-about.ts';
import { DictionaryDialog } from './dictionary-dialog.tsx';
import css from './spelling.module.css';
import type { Spelling, SpellingChoice } from './use-spelling.ts';
import type { WordAt } from './words-in.ts';

const SHOWN = 12;

/** In which language a text is looked up, or not at all. */
export function SpellingSelect({ spelling }: { spelling: Spelling }) {
  const { t } = useTranslation('aids');
  const auto = t('spelling.auto', { language: t(`spelling.${spelling.auto}`) });
  return (
    <Select
      className={css.choice ?? ''}
      size="xs"
      aria-label={t('spelling.title')}
      data={[
        { value: 'auto', label: auto },
        { value: 'en', label: t('spelling.en') },
        { value: 'fr', label: t('spelling.fr') },
        { value: 'off', label: t('spelling.off') },
      ]}
      value={spelling.choice}
      onChange={(choice) => spelling.setChoice((choice ?? 'auto') as SpellingChoice)}
    />
  );
}

/** The words no dictionary has, each with what may have been meant. */
export function SpellingList(props: {
  spelling: Spelling;
  about: TextAbout;
  /** Writes another word in the place of one. */
  onReplace: (part: number, at: WordAt, word: string) => void;
}) {
  const { spelling, about } = props;
  const { t } = useTranslation(['aids', 'common']);
  const language = useLanguage();
  const keep = useAction('word.keep');
  const remove = useAction('word.remove');
  const [done, setDone] = useState<KnownWordView | null>(null);
  const [isListing, setIsListing] = useState(false);
  if (spelling.language === null) return null;
  const all = spelling.wrong.flatMap((words, part) => words.map((at) => ({ part, at })));
  // Each word once; the next of it comes when this one is dealt with.
  const once = [...new Map([...all].reverse().map((one) => [one.at.word, one])).values()].reverse();
  const brandId = about.brands.length === 1 ? (about.brands[0]?.id ?? null) : null;
  return (
    <>
      <div className={css.list}>
        {spelling.isFailed ? <span role="alert">{t('spelling.failed')}</span> : null}
        {once.length > 0 ? (
          <span role="status">
            {t('spelling.found', { count: once.length, n: numberOf(once.length, language) })}
          </span>
        ) : null}
        {once.slice(0, SHOWN).map(({ part, at }) => (
          <WrongWord
            key={at.word}
            word={at.word}
            spelling={spelling}
            brand={brandId === null ? null : (about.brands[0]?.name ?? '')}
            onReplace={(word) => props.onReplace(part, at, word)}
            onKeep={(all) =>
              keep.mutate({ brandId: all ? null : brandId, word: at.word }, { onSuccess: setDone })
            }
          />
        ))}
        {once.length > SHOWN ? (
          <span>
            {t('spelling.more', { count: once.length - SHOWN, n: numberOf(once.length - SHOWN, language) })}
          </span>
        ) : null}
        {spelling.added.length > 0 ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setIsListing(true)}>
            {t('spelling.added', {
              count: spelling.added.length,
              n: numberOf(spelling.added.length, language),
            })}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={keep.error ?? remove.error} />
      {done ? (
        <div className={css.said}>
          <Notice
            tone="good"
            action={
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => remove.mutate({ id: done.id }, { onSuccess: () => setDone(null) })}
              >
                {t('common:undo')}
              </Button>
            }
          >
            <span role="status">{t('spelling.kept', { word: done.word })}</span>
          </Notice>
        </div>
      ) : null}
      {isListing ? <DictionaryDialog words={spelling.added} onClose={() => setIsListing(false)} /> : null}
    </>
  );
}

function WrongWord(props: {
  word: string;
  spelling: Spelling;
  /** Null: not one brand alone. */
  brand: string | null;
  onReplace: (word: string) => void;
  onKeep: (forAll: boolean) => void;
}) {
  const { word, spelling, brand } = props;
  const { t } = useTranslation('aids');
  // Opened once they are there, so that the first of them has the focus.
  const [suggested, setSuggested] = useState<readonly string[] | null>(null);
  const read = () => void spelling.suggest(word).then(setSuggested, () => setSuggested([]));
  return (
    <Menu
      opened={suggested !== null}
      onChange={(isOpen) => (isOpen ? read() : setSuggested(null))}
      position="bottom-start"
      returnFocus={false}
    >
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={t('spelling.word', { word })}>
          {word}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {suggested?.length === 0 ? <Menu.Label>{t('spelling.nothing')}</Menu.Label> : null}
        {suggested?.map((one) => (
          <Menu.Item key={one} onClick={() => props.onReplace(one)}>
            {one}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => spelling.ignore(word)}>{t('spelling.ignore')}</Menu.Item>
        {brand === null ? null : (
          <Menu.Item onClick={() => props.onKeep(false)}>{t('spelling.keepFor', { brand })}</Menu.Item>
        )}
        <Menu.Item onClick={() => props.onKeep(true)}>{t('spelling.keep')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
