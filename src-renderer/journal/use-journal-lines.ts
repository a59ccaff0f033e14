import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JournalLine, JournalPage } from '../../src-preload/views.ts';
import { ask, Refusal, useBridge } from '../api.ts';

const PAGE_SIZE = 200;

/**
 * The lines around those that are seen, newest first, read in pages. What is shown stands still: lines written since are announced by
 * `hasNew` and read with `renew`, because reading the journal anew at every post that goes out would keep main busy.
 */
export function useJournalLines(search: string, first: number, last: number) {
  const bridge = useBridge();
  const [edition, setEdition] = useState(0);
  const [hasNew, setHasNew] = useState(false);
  useEffect(() => bridge.on('journal.changed', () => setHasNew(true)), [bridge]);

  const pages: number[] = [];
  for (
    let page = Math.floor(first / PAGE_SIZE);
    page <= Math.floor(Math.max(first, last) / PAGE_SIZE);
    page++
  ) {
    pages.push(page);
  }
  const reads = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['journal-lines', edition, search, page],
      queryFn: (): Promise<JournalPage> =>
        ask(bridge, 'journal.page', {
          offset: page * PAGE_SIZE,
          limit: PAGE_SIZE,
          ...(search !== '' && { search }),
        }),
      gcTime: 60_000,
    })),
  });
  const read = new Map(pages.map((page, place) => [page, reads[place]?.data]));
  const newest = reads.find((one) => one.data !== undefined)?.data;
  const error = reads.find((one) => one.error !== null)?.error;
  return {
    total: newest?.total ?? null,
    lineAt: (index: number): JournalLine | null =>
      read.get(Math.floor(index / PAGE_SIZE))?.lines[index % PAGE_SIZE] ?? null,
    error: error instanceof Refusal ? error : error ? new Refusal('', String(error)) : null,
    hasNew,
    renew: () => {
      setHasNew(false);
      setEdition((now) => now + 1);
    },
  };
}
