import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { type Refusal, useBridge, useRead } from '../api.ts';
import type { BulkChange, BulkTarget } from './bulk-actions.ts';

const PAUSE_MS = 200;

/**
 * What a change would do to these posts, asked of main anew at every pause in typing. `preview` may be that of the change before;
 * `isOfNow` says that it is the one asked for, and may be done.
 */
export function useBulkPreview(target: BulkTarget, change: BulkChange | null) {
  const [settled] = useDebouncedValue(change, PAUSE_MS);
  const isSettled = JSON.stringify(settled) === JSON.stringify(change);
  const read = useRead(
    'bulk.preview',
    { target, change: settled ?? { kind: 'hold' } },
    { enabled: settled !== null, fresh: true, keep: true },
  );
  const preview: BulkPreview | undefined = settled === null ? undefined : read.data;
  return {
    preview,
    isOfNow: isSettled && preview !== undefined && !read.isPlaceholderData && !read.isFetching,
    isReading: change !== null && (read.isFetching || !isSettled),
    error: (settled === null ? null : read.error) as Refusal | null,
    again: () => void read.refetch(),
  };
}

/** How far a step that is under way has come; null before it says anything. */
export function useBulkProgress(isRunning: boolean): { done: number; total: number } | null {
  const bridge = useBridge();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    setProgress(null);
    return bridge.on('bulk.progress', setProgress);
  }, [bridge, isRunning]);
  return isRunning ? progress : null;
}
