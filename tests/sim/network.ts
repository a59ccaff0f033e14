import type { Found, PublishRequest } from '../../src-main/core/connector.ts';
import type { Place } from '../../src-main/core/scope.ts';
import type { Publisher } from './publisher-process.ts';
import { textOf } from './sim-post.ts';
import type { World } from './world-parts.ts';

/**
 * What a network does to a request. 'down': no connection. 'losing': it publishes, late perhaps, and its answer never arrives. 'resetting':
 * the connection breaks, before the first byte or after the last. 'failing': an answer that says nothing. 'limited': try again later.
 */
export type NetworkMood =
  | 'fine'
  | 'slow'
  | 'down'
  | 'losing'
  | 'resetting'
  | 'failing'
  | 'refusing'
  | 'limited'
  | 'signed-out';

export const NETWORK_MOODS: readonly NetworkMood[] = [
  'slow',
  'down',
  'losing',
  'resetting',
  'failing',
  'refusing',
  'limited',
  'signed-out',
];

/** One request that makes one part of a post public. */
export type Transmission = {
  readonly publisher: Publisher;
  readonly place: Place;
  readonly request: PublishRequest;
  readonly part: number;
};

/** Definite answers, and 'reset' for a connection that broke when all bytes had left. */
export type Answer = 'published' | 'refused' | 'try-later' | 'signed-out' | 'unclear' | 'reset';

/** The longest a client waits for an answer. */
const TIMEOUT_MS = 15_000;

/** The servers of all networks: what was made public, and how they answer. */
export function createNetwork(world: World) {
  const { timeline, random, chronicle, counts } = world;
  const moods = new Map<string, NetworkMood>();
  /** How often each part of each post was made public. */
  const effects = new Map<string, number>();

  const moodOf = (network: string) => moods.get(network) ?? 'fine';

  function publish(text: string): void {
    const times = (effects.get(text) ?? 0) + 1;
    effects.set(text, times);
    counts.effects += 1;
    chronicle.note('public', text);
    world.invariants.onPublic(text, times);
  }

  /** What becomes of a request at the server, decided when its bytes leave. */
  function fate(mood: NetworkMood): {
    isPublic: boolean;
    afterMs: number;
    answer: Answer | null;
    takesMs: number;
  } {
    const quick = { afterMs: random.int(2, 120), takesMs: random.int(5, 400) };
    switch (mood) {
      case 'slow':
        return {
          isPublic: true,
          afterMs: random.span(10, 9_000),
          answer: 'published',
          takesMs: random.span(50, 12_000),
        };
      case 'losing':
        return { isPublic: random.chance(0.7), afterMs: random.span(10, 60_000), answer: null, takesMs: 0 };
      case 'resetting':
        return { ...quick, isPublic: random.chance(0.5), answer: 'reset' };
      case 'failing':
        return { ...quick, isPublic: random.chance(0.3), answer: 'unclear' };
      case 'refusing':
        return { ...quick, isPublic: false, answer: 'refused' };
      case 'limited':
        return { ...quick, isPublic: false, answer: 'try-later' };
      case 'signed-out':
        return { ...quick, isPublic: false, answer: 'signed-out' };
      default:
        return { ...quick, isPublic: true, answer: 'published' };
    }
  }

  return {
    moods,
    moodOf,
    publicTimes: (uid: number, part: number) => effects.get(textOf(uid, part)) ?? 0,

    /** How long a connection takes, and whether it stands then. */
    connect(network: string): { takesMs: number; stands: boolean } {
      const mood = moodOf(network);
      if (mood === 'down') return { takesMs: random.span(1, TIMEOUT_MS), stands: false };
      if (mood === 'slow') return { takesMs: random.span(50, TIMEOUT_MS), stands: random.chance(0.9) };
      // Now and then the way is long, also on a fine day.
      const takesMs = random.chance(0.07) ? random.span(90, 6_000) : random.int(2, 90);
      return { takesMs, stands: mood !== 'resetting' || random.chance(0.6) };
    },

    /**
     * The one synchronous step in which the bytes leave. Whoever waits learns the answer, or null when none came in time; nobody recalls a
     * request that has left.
     */
    send(transmission: Transmission): Promise<Answer | null> {
      const { publisher, part, place } = transmission;
      const text = transmission.request.content.parts[part] ?? '';
      counts.sent += 1;
      chronicle.note('bytes leave', text);
      world.invariants.onBytes(transmission);
      world.traps.sprung('bytes');
      const { isPublic, afterMs, answer, takesMs } = fate(moodOf(place.network));
      if (isPublic) timeline.outside(world.outside, afterMs, 'server publishes', () => publish(text));
      return new Promise((resolve) => {
        const wait = answer === null || afterMs + takesMs > TIMEOUT_MS ? TIMEOUT_MS : afterMs + takesMs;
        const told = wait === TIMEOUT_MS ? null : answer;
        timeline.after(publisher.process, wait, 'answer', () => {
          if (told !== null && told !== 'reset' && told !== 'unclear') world.invariants.onTold(transmission);
          resolve(told);
        });
      });
    },

    /** Reads what became of a post. */
    find(network: string, request: PublishRequest): Found {
      const mood = moodOf(network);
      if (mood === 'down' || mood === 'failing' || mood === 'resetting')
        return { kind: 'unclear', detail: 'the network does not answer' };
      const refs = request.content.parts.flatMap((text) =>
        effects.has(text) ? [{ id: text, url: '' }] : [],
      );
      if (refs.length === 0) return { kind: 'absent' };
      return refs.length === request.content.parts.length
        ? { kind: 'found', refs }
        : { kind: 'unclear', detail: 'only parts of it are there' };
    },
  };
}

export type Network = ReturnType<typeof createNetwork>;
