import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type {
  Bridge,
  PageChannel as Channel,
  EventName,
  Requests,
  Responses,
} from '../src-preload/contract.ts';

/** A request answered with a refusal: `message` is a sentence for the person, `code` is for branching. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export const BridgeContext = createContext<Bridge | null>(null);

/** The bridge itself, for what must not go through Query: the stop, events, paths of dropped files. */
export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (!bridge) throw new Error('useBridge outside BridgeContext');
  return bridge;
}

/** Asks once. Throws a `Refusal` when the answer is a refusal. */
export async function ask<C extends Channel>(
  bridge: Bridge,
  channel: C,
  request: Requests[C],
): Promise<Responses[C]> {
  const reply = await bridge.request(channel, request);
  if (!reply.ok) throw new Refusal(reply.error.code, reply.error.message);
  return reply.value;
}

export function keyOf<C extends Channel>(channel: C, request: Requests[C]): QueryKey {
  return [channel, request];
}

/**
 * Reads and keeps up to date: read again whenever an event says that it may have changed.
 * With `fresh`, nothing is taken from an earlier look, for what is shown again only after much may have happened.
 * With `keep`, the last answer stays on the screen while another page or filter is read.
 */
export function useRead<C extends Channel>(
  channel: C,
  request: Requests[C],
  options: { enabled?: boolean; keep?: boolean; fresh?: boolean } = {},
): UseQueryResult<Responses[C], Refusal> {
  const bridge = useBridge();
  return useQuery<Responses[C], Refusal, Responses[C], QueryKey>({
    queryKey: keyOf(channel, request),
    queryFn: () => ask(bridge, channel, request),
    enabled: options.enabled ?? true,
    ...(options.fresh ? { staleTime: 0, gcTime: 0 } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Does something: `action.mutate(request, {onSuccess})`; a refusal is in `action.error`, in words. */
export function useAction<C extends Channel>(
  channel: C,
): UseMutationResult<Responses[C], Refusal, Requests[C]> {
  const bridge = useBridge();
  return useMutation<Responses[C], Refusal, Requests[C]>({
    mutationFn: (request) => ask(bridge, channel, request),
  });
}

/** What is read again after each event. */
const READS: Record<
  Exclude<EventName, 'page.asked' | 'import.progress' | 'bulk.progress' | 'view.open'>,
  readonly Channel[]
> = {
  'publishing.changed': [
    'report.message',
    'publishing.read',
    'stop.list',
    'release.preview',
    'desk.read',
    'settings.read',
    'know.read',
    // What a stop covers is said of each post.
    'calendar.stretches',
    'calendar.page',
  ],
  'desk.changed': [
    'desk.read',
    'elsewhere.read',
    'app.read',
    'release.preview',
    'publishing.read',
    'slot.list',
    'slot.next',
    'slot.free',
    'yes.read',
  ],
  'queue.changed': [
    'import.list',
    'import.undoEffect',
    'queue.page',
    'label.list',
    'calendar.stretches',
    'calendar.page',
    'calendar.gaps',
    'slot.next',
    'slot.free',
    'post.read',
    'bulk.last',
    'recurrence.list',
    'draft.list',
    'desk.read',
    'publishing.read',
    'release.preview',
    'know.read',
    'digest.read',
    'yes.read',
  ],
  'settings.changed': ['windowKey.list', 'settings.read', 'app.read', 'know.read'],
  'controls.changed': ['control.list', 'settings.read', 'windowKey.list'],
  'drill.changed': ['drill.list'],
  'drill.progress': ['drill.list'],
  'journal.changed': ['journal.page', 'checklist.read'],
  'backup.changed': ['backup.read', 'folder.read', 'settings.read'],
  'aids.changed': ['savedText.list', 'mention.list', 'word.list'],
  'plan.changed': ['plan.list', 'plan.read', 'tool.list'],
  'elsewhere.changed': ['elsewhere.read', 'scheduler.list'],
  'slots.changed': ['slot.list', 'slot.next', 'slot.free'],
};

/** Events come in bursts while posts go out: reads of one event are at least this far apart. */
const QUIET_MS = 200;

/** Offline or not, every request goes to main at once; nothing is repeated behind the person's back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Reads again what an event names, at once and then at most every 200 ms. Returns what ends it. */
export function wireEvents(bridge: Bridge, client: QueryClient): () => void {
  const ends: (() => void)[] = [];
  for (const [event, channels] of Object.entries(READS) as [keyof typeof READS, readonly Channel[]][]) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isDue = false;
    const refresh = () => {
      isDue = false;
      for (const channel of channels) void client.invalidateQueries({ queryKey: [channel] });
      timer = setTimeout(() => {
        timer = undefined;
        if (isDue) refresh();
      }, QUIET_MS);
    };
    ends.push(
      bridge.on(event, () => {
        if (timer === undefined) refresh();
        else isDue = true;
      }),
    );
    ends.push(() => clearTimeout(timer));
  }
  return () => {
    for (const end of ends) end();
  };
}
