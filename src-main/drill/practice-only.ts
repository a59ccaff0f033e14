import { PRACTICE_NETWORK } from '../calendar/practice.ts';
import type { Clock } from '../core/clock.ts';
import type { ChildProcess } from '../publisher/handle.ts';
import type { ToPublisher } from '../publisher/protocol.ts';

/** When something happened to the drill's publisher, on the monotonic clock; null until it did. */
export type Marks = {
  /** It was told to be silent: by then the gate is shut and the permit unlinked. */
  toldAt: number | null;
  /** It said that it is silent. */
  silentAt: number | null;
  goneAt: number | null;
};

export type PracticeOnly = {
  readonly spawn: () => ChildProcess;
  /** Of the process started last; null before there was one. */
  marks(): Marks | null;
  /** Something other than a post of the practice network, or a key, was about to be handed on. It was not. */
  isBreached(): boolean;
};

/**
 * The last wall between a drill and a real network: the process it starts is handed no key, nothing sealed, no look-up and no post of another
 * network, whatever went wrong before. Where one of these comes, the process is killed.
 */
export function createPracticeOnly(spawn: () => ChildProcess, clock: Clock): PracticeOnly {
  let marks: Marks | null = null;
  let isBreached = false;
  return {
    spawn() {
      const child = spawn();
      const mine: Marks = { toldAt: null, silentAt: null, goneAt: null };
      marks = mine;
      child.onMessage((message) => {
        if (message.type === 'silent') mine.silentAt ??= clock.monotonic();
      });
      child.onExit(() => {
        mine.goneAt ??= clock.monotonic();
      });
      return {
        ...child,
        post(message) {
          if (!isHarmless(message)) {
            isBreached = true;
            child.kill();
            return;
          }
          child.post(message);
          if (message.type === 'silence') mine.toldAt ??= clock.monotonic();
        },
      };
    },
    marks: () => marks,
    isBreached: () => isBreached,
  };
}

function isHarmless(message: ToPublisher): boolean {
  switch (message.type) {
    case 'arm':
    case 'key':
      return message.key === null;
    case 'send':
      return message.account.network === PRACTICE_NETWORK && message.account.sealed === null;
    case 'lent':
      return message.sealed === null;
    case 'job':
    case 'kept':
      return false;
    case 'cap':
    case 'lease':
    case 'silence':
    case 'silence-scope':
      return true;
  }
}
