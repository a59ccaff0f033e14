import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import { type Channel, type Responses, requests } from '../../src-preload/contract.ts';
import { type Refusal, type Result, refuse } from '../core/result.ts';

/** A stop that was not understood comes as one of everything, with what was asked for. */
type Parsed<C extends Channel> = z.output<(typeof requests)[C]> &
  (C extends 'stop.engage' ? { readonly widenedFrom?: string } : unknown);

/** What a handler is given: already parsed. It answers with values; what it throws is a bug. */
export type Handlers = {
  [C in Channel]: (request: Parsed<C>) => Promise<Result<Responses[C]>>;
};

/** Whom a request may come from: the page of the app's one window, in its main frame, at the app's own address. */
const TRUSTED_PROTOCOL = 'app:';
const TRUSTED_HOST = 'main';

/**
 * The only place that listens to the window. Every request is checked for its sender and its shape, handled, and answered with a value.
 *
 * A handler is called in the same step in which the request arrives: nothing is awaited before, so that 'stop.engage' blocks new sends
 * at once.
 */
export function createServer(deps: {
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  handlers: Handlers;
  /** The page of the app's window; null while there is none. */
  contents: () => WebContents | null;
  /** Something that must not happen: a throw in a handler, or a request from elsewhere. `id` is what the window is told. */
  onFault: (fault: { id: string; channel: Channel; error: unknown }) => void;
  newId: () => string;
  /** What is no bug but the machine's trouble, such as a full disk, in its own words; null for everything else. */
  explain: (error: unknown) => Refusal | null;
}) {
  const channels = Object.keys(requests) as Channel[];
  let isServing = false;

  function fault(channel: Channel, error: unknown, code: string, say: (id: string) => string) {
    const id = deps.newId();
    deps.onFault({ id, channel, error });
    return refuse(code, say(id));
  }

  async function answer<C extends Channel>(
    channel: C,
    event: IpcMainInvokeEvent,
    request: unknown,
  ): Promise<Result<Responses[C]>> {
    if (!isFromWindow(event, deps.contents())) {
      return fault(channel, new Error('request from elsewhere'), 'not-allowed', () => 'Not allowed.');
    }
    const parsed = parse(channel, request);
    if (!parsed.ok) return parsed;
    try {
      return await deps.handlers[channel](parsed.value);
    } catch (error) {
      const trouble = deps.explain(error);
      if (trouble) return refuse(trouble.code, trouble.message);
      return fault(
        channel,
        error,
        'internal',
        (id) => `Something went wrong in All Stop (${id}). Nothing more was done; the log has the details.`,
      );
    }
  }

  return {
    start(): void {
      if (isServing) return;
      isServing = true;
      for (const channel of channels) {
        deps.ipcMain.handle(channel, (event, request: unknown) => answer(channel, event, request));
      }
    },
    stop(): void {
      if (!isServing) return;
      isServing = false;
      for (const channel of channels) deps.ipcMain.removeHandler(channel);
    },
  };
}

function parse<C extends Channel>(channel: C, request: unknown): Result<Parsed<C>> {
  const parsed = requests[channel].safeParse(request);
  if (parsed.success) return { ok: true, value: parsed.data as Parsed<C> };
  // A stop that cannot be understood is a stop of everything: it is never refused.
  if (channel === 'stop.engage') {
    const stop: Parsed<'stop.engage'> = {
      scopes: [{ kind: 'everything' }],
      widenedFrom: askedFor(request),
    };
    return { ok: true, value: stop as unknown as Parsed<C> };
  }
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'request' : issue.path.join('.');
  return refuse('bad-request', `${where}: ${issue?.message ?? 'not understood'}`);
}

const MOST_ASKED = 200;

/** What a stop that was not understood named, on one line; never throws, never ''. */
function askedFor(request: unknown): string {
  try {
    const scopes = typeof request === 'object' && request !== null && 'scopes' in request && request.scopes;
    const text = JSON.stringify(scopes || request);
    if (typeof text === 'string') return text.slice(0, MOST_ASKED);
  } catch {
    // Nothing that can be written down.
  }
  return '?';
}

/** @returns whether the event was sent by the main frame of `contents`, showing the app's own page. */
function isFromWindow(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  contents: WebContents | null,
): boolean {
  if (contents === null || contents.isDestroyed() || event.sender !== contents) return false;
  const frame = event.senderFrame;
  if (frame === null || frame === undefined || frame !== contents.mainFrame || frame.parent !== null)
    return false;
  try {
    const url = new URL(frame.url);
    return url.protocol === TRUSTED_PROTOCOL && url.host === TRUSTED_HOST;
  } catch {
    return false;
  }
}
