import {
  IconCheck,
  IconCircleX,
  IconClockExclamation,
  IconClockQuestion,
  IconCopy,
  IconCopyCheck,
} from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOutcome, ImportRow } from '../../src-preload/import-views.ts';
import { ask, keyOf, useBridge } from '../api.ts';
import { dayTimeOf, numberOf, useLanguage, zoneWordsOf } from '../time.ts';
import { Badge } from '../ui/state-badge.tsx';
import css from './row-table.module.css';

const LOOKS = {
  new: { tone: 'good', icon: IconCheck },
  duplicate: { tone: 'warn', icon: IconCopy },
  known: { tone: 'quiet', icon: IconCopyCheck },
  bad: { tone: 'bad', icon: IconCircleX },
  past: { tone: 'bad', icon: IconClockExclamation },
  clock: { tone: 'bad', icon: IconClockQuestion },
} as const;

const ROW_HEIGHT = 46;
const PAGE_ROWS = 100;

/** The rows of a file as they were understood, read a page at a time while they come into sight. */
export function RowTable(props: { previewId: string; outcomes: readonly ImportOutcome[]; total: number }) {
  const { previewId, outcomes, total } = props;
  const { t } = useTranslation(['import', 'common']);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / PAGE_ROWS);
  const last = Math.floor((items.at(-1)?.index ?? 0) / PAGE_ROWS);
  const rows = useRows(previewId, outcomes, first, last);
  const top = items[0]?.start ?? 0;
  const bottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={scroller} className={css.scroller} aria-label={t('rows.title')} tabIndex={0}>
      <table className={css.table} aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th>{t('line')}</th>
            <th>{t('status')}</th>
            <th>{t('common:time')}</th>
            <th>{t('common:account')}</th>
            <th>{t('common:text')}</th>
          </tr>
        </thead>
        <tbody>
          {top > 0 ? <tr style={{ height: top }} /> : null}
          {items.map((item) => (
            <tr key={item.key} aria-rowindex={item.index + 2} style={{ height: ROW_HEIGHT }}>
              <RowCells row={rows(item.index)} />
            </tr>
          ))}
          {bottom > 0 ? <tr style={{ height: bottom }} /> : null}
        </tbody>
      </table>
    </section>
  );
}

/** Reads the pages from `first` to `last`; a row not read yet is undefined. */
function useRows(
  previewId: string,
  outcomes: readonly ImportOutcome[],
  first: number,
  last: number,
): (index: number) => ImportRow | undefined {
  const bridge = useBridge();
  const pages = useMemo(() => Array.from({ length: last - first + 1 }, (_, n) => first + n), [first, last]);
  const read = useQueries({
    queries: pages.map((page) => {
      const request = {
        previewId,
        outcomes: [...outcomes],
        offset: page * PAGE_ROWS,
        limit: PAGE_ROWS,
      };
      return { queryKey: keyOf('import.rows', request), queryFn: () => ask(bridge, 'import.rows', request) };
    }),
  });
  return (index) => {
    const page = Math.floor(index / PAGE_ROWS);
    return read[page - first]?.data?.rows[index - page * PAGE_ROWS];
  };
}

function RowCells({ row }: { row: ImportRow | undefined }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  if (row === undefined) return <td colSpan={5}>…</td>;
  const { tone, icon } = LOOKS[row.outcome];
  const wrong = row.problems.map(({ column, reason }) => (column === '' ? reason : `${column}: ${reason}`));
  return (
    <>
      <td className="tabular">{numberOf(row.line, language)}</td>
      <td>
        <Badge tone={tone} icon={icon}>
          {t(`statuses.${row.outcome}`)}
        </Badge>
      </td>
      <td className="tabular">
        {row.publishAt > 0 && row.timeZone !== '' ? (
          <>
            {dayTimeOf(row.publishAt, language, row.timeZone)}
            <span className={css.second}>{zoneWordsOf(row.publishAt, language, row.timeZone)}</span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td>
        {row.brand === '' ? row.account || '–' : row.brand}
        <span className={css.second}>
          {row.brand === '' ? '' : [row.network, row.account].filter((part) => part !== '').join(' · ')}
        </span>
      </td>
      <td title={wrong.length > 0 ? wrong.join('\n') : row.text}>
        {row.text}
        {wrong.length > 0 ? <span className={css.wrong}>{wrong.join(' · ')}</span> : null}
        {wrong.length === 0 && row.media > 0 ? (
          <span className={css.second}>
            {t('media', { count: row.media, n: numberOf(row.media, language) })}
          </span>
        ) : null}
      </td>
    </>
  );
}
