import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberOf, useLanguage } from '../time.ts';
import type { TextAbout } from './aids/text-about.ts';
import { TextTools } from './aids/text-tools.tsx';
import css from './compose.module.css';
import type { Tightest } from './fit.ts';
import { SpelledTextarea } from './spelling/spelled-textarea.tsx';
import { useSpelling } from './spelling/use-spelling.ts';
import { MOST_PARTS } from './thread-form.ts';
import { PartTools, type ThreadAbout, ThreadDone, useThread } from './thread-tools.tsx';

/** The text, or the parts of a thread; under each the count against the tightest of the chosen accounts. */
export function TextParts(props: {
  parts: readonly string[];
  /** Per part; null while there is no account to count for. */
  tightest: readonly (Tightest | null)[];
  about: TextAbout;
  /** The accounts that say it, and what goes with the first part. */
  thread: ThreadAbout;
  onChange: (parts: readonly string[]) => void;
}) {
  const { parts, onChange } = props;
  const { t } = useTranslation('compose');
  const thread = useThread(parts, props.thread, onChange);
  const spelling = useSpelling(parts, props.about);
  const set = (index: number, text: string) =>
    onChange(parts.map((part, place) => (place === index ? text : part)));
  return (
    <TextTools
      about={props.about}
      parts={parts}
      spelling={spelling}
      action={
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          disabled={parts.length >= MOST_PARTS}
          onClick={() => onChange([...parts, ''])}
        >
          {t('addPart')}
        </Button>
      }
    >
      <div ref={thread.box}>
        {parts.map((part, index) => (
          // Parts have no identity of their own: their place is what they are.
          <div key={`part ${String(index)}`} className={css.part}>
            <SpelledTextarea
              label={parts.length > 1 ? t('part', { n: index + 1, of: parts.length }) : t('text')}
              autosize
              minRows={parts.length > 1 ? 3 : 6}
              maxRows={16}
              value={part}
              wrong={spelling.wrong[index] ?? []}
              onChange={(event) => set(index, event.currentTarget.value)}
              onKeyDown={(event) => thread.onKeyDown(event, index)}
            />
            <div className={css.under}>
              <Count tightest={props.tightest[index] ?? null} />
              <PartTools thread={thread} index={index} isTooLong={isOver(props.tightest[index])} />
            </div>
          </div>
        ))}
      </div>
      <ThreadDone thread={thread} />
    </TextTools>
  );
}

const isOver = (tightest: Tightest | null | undefined) => tightest != null && tightest.count > tightest.limit;

function Count({ tightest }: { tightest: Tightest | null }) {
  const { t } = useTranslation('compose');
  const language = useLanguage();
  if (tightest === null) return <span className={css.count}>{t('noCount')}</span>;
  const left = tightest.limit - tightest.count;
  return (
    <span className={css.count} data-over={left < 0 ? '' : undefined}>
      {t(left < 0 ? 'countOver' : 'count', {
        n: numberOf(tightest.count, language),
        limit: numberOf(tightest.limit, language),
        over: numberOf(-left, language),
        network: tightest.network,
      })}
    </span>
  );
}
