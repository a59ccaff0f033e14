import {
  type Connector,
  type ConnectorContext,
  GateClosed,
  NoAnswer,
  type Outcome,
  type PublishRequest,
} from '../../src-main/core/connector.ts';
import type { RemoteRef } from '../../src-main/core/post.ts';
import type { Place } from '../../src-main/core/scope.ts';
import type { Answer } from './network.ts';
import { partOf } from './part-of.ts';
import type { Publisher } from './publisher-process.ts';
import type { World } from './world-parts.ts';

/** Rejects when told to stop, whatever else is waited for. */
function unlessAborted<T>(signal: AbortSignal, stopped: () => Error, wanted: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(stopped());
    if (signal.aborted) {
      wanted.catch(() => {});
      return onAbort();
    }
    signal.addEventListener('abort', onAbort, { once: true });
    void wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/**
 * A connector as it should be: connects, asks the gate in the step in which the bytes leave, and says only what it knows. `sendBy`
 * is the way out the real publisher hands it.
 */
export function createSimConnector(world: World, publisher: Publisher, place: Place): Connector {
  const { timeline, network } = world;

  async function transmit(context: ConnectorContext, request: PublishRequest, part: number): Promise<Answer> {
    const { takesMs, stands } = network.connect(place.network);
    const connection = new Promise<void>((resolve, reject) => {
      timeline.after(publisher.process, takesMs, 'connected', () =>
        stands ? resolve() : reject(new NoAnswer('no connection', false)),
      );
    });
    await unlessAborted(context.signal, () => new GateClosed('stopped'), connection);
    const transmission = { publisher, place, request, part };
    const answer = context.sendBy(() => network.send(transmission));
    try {
      const told = await unlessAborted(context.signal, () => new NoAnswer('stopped', true), answer);
      if (told === null || told === 'reset') throw new NoAnswer('no answer', true);
      return told;
    } finally {
      world.invariants.onEnded(transmission);
    }
  }

  function outcomeOf(answer: Answer, refs: readonly RemoteRef[]): Outcome | null {
    const detail = answer;
    switch (answer) {
      case 'published':
        return null;
      case 'unclear':
        return { kind: 'unconfirmed', detail, refs };
      case 'refused':
        return refs.length > 0 ? { kind: 'cut', refs, detail } : { kind: 'refused', detail };
      case 'signed-out':
        return refs.length > 0 ? { kind: 'cut', refs, detail } : { kind: 'signed-out', detail };
      default:
        return refs.length > 0
          ? { kind: 'cut', refs, detail }
          : { kind: 'try-later', detail, notBefore: null };
    }
  }

  async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
    const refs: RemoteRef[] = [];
    for (let part = 0; part < request.content.parts.length; part += 1) {
      try {
        if (part > 0) await context.wait(50);
        const outcome = outcomeOf(await transmit(context, request, part), refs);
        if (outcome) return outcome;
      } catch (error) {
        const isSent = error instanceof NoAnswer ? error.sent : false;
        const detail = error instanceof Error ? error.message : String(error);
        if (isSent) return { kind: 'unconfirmed', detail, refs };
        return refs.length > 0 ? { kind: 'cut', refs, detail } : { kind: 'not-sent', detail };
      }
      const ref = { id: request.content.parts[part] ?? '', url: '' };
      refs.push(ref);
      if (part + 1 < request.content.parts.length) context.onPart(ref);
    }
    return { kind: 'published', refs };
  }

  const connector = partOf<Connector>({ network: place.network, name: place.network, publish });
  return world.defect.connector?.(connector, world) ?? connector;
}
