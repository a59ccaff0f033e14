import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CalendarPostView, CalendarStretchView } from '../../src-preload/calendar-views.ts';
import { ask, keyOf, Refusal, useBridge } from '../api.ts';
import type { Span } from './calendar-days.ts';
import { totalOf } from './day-cell.tsx';

/** A heading, or the place of one post under it. */
export type AgendaRow =
  | { readonly kind: 'head'; readonly span: Span; readonly total: number }
  | { readonly kind: 'post'; readonly span: Span; readonly index: number };

/** Headings and posts in their order; of hours all headings, of days those that have posts and today's. */
export function agendaRows(
  spans: readonly Span[],
  stretches: readonly CalendarStretchView[],
  today: string,
): readonly AgendaRow[] {
  return spans.flatMap((span, place): AgendaRow[] => {
    const total = totalOf(stretches[place]?.counts);
    if (total === 0 && span.hour === null && span.date !== today) return [];
    return [
      { kind: 'head', span, total },
      ...Array.from({ length: total }, (_, index): AgendaRow => ({ kind: 'post', span, index })),
    ];
  });
}

const PAGE_SIZE = 100;

/** The posts of the rows that are seen, read in pages of their day or hour, so that none costs what lies before it. */
export function useAgendaPosts(
  rows: readonly AgendaRow[],
  first: number,
  last: number,
  asked: Omit<Parameters<typeof keyOf<'calendar.page'>>[1], 'from' | 'to' | 'offset' | 'limit'>,
) {
  const bridge = useBridge();
  const pages = useMemo(() => {
    const found = new Map<string, { span: Span; page: number }>();
    for (const row of rows.slice(first, last + 1)) {
      if (row.kind !== 'post') continue;
      const page = Math.floor(row.index / PAGE_SIZE);
      found.set(`${row.span.from} ${page}`, { span: row.span, page });
    }
    return [...found];
  }, [rows, first, last]);
  const reads = useQueries({
    queries: pages.map(([, { span, page }]) => {
      const request = { ...asked, from: span.from, to: span.to, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
      return {
        queryKey: keyOf('calendar.page', request),
        queryFn: () => ask(bridge, 'calendar.page', request),
        gcTime: 60_000,
      };
    }),
  });
  const read = new Map(pages.map(([key], place) => [key, reads[place]?.data]));
  const error = reads.find((one) => one.error !== null)?.error;
  return {
    postOf: (row: AgendaRow & { kind: 'post' }): CalendarPostView | null =>
      read.get(`${row.span.from} ${Math.floor(row.index / PAGE_SIZE)}`)?.[row.index % PAGE_SIZE] ?? null,
    error: error instanceof Refusal ? error : error ? new Refusal('', String(error)) : null,
  };
}
