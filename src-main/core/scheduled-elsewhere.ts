import type { Instant } from './clock.ts';

/** One post that waits in a planner or a queue outside this app. Nothing of ours is ever handed to one. */
export type ScheduledItem = {
  /** As the service names it; unique in what one list holds. */
  readonly id: string;
  /** Its first words, on one line; '' where the service shows none. */
  readonly text: string;
  /** When it is to go out; null where the service does not say it. */
  readonly planAt: Instant | null;
  /** Where a person finds it; '' where the service shows no such page. */
  readonly url: string;
  /** The service's channel it is to go out on; '' in the planner of an account. */
  readonly channel: string;
  /** What the service cancels with it in one step, whichever of them is named; '' where each stands alone. */
  readonly group: string;
  /** False for what the service lets nobody cancel from outside. */
  readonly canCancel: boolean;
  /** From then on the service cancels it no more; null where it can be until it goes out. */
  readonly cancelBefore: Instant | null;
};

/** What waits there. Anything but 'listed' says nothing of what waits. */
export type ScheduledList =
  /**
   * The soonest first. `isWhole` is false where there may be more than could be read. With `lacks` it is whole for what it shows, and what
   * people schedule in the service itself is in no list that can be read.
   */
  | {
      readonly kind: 'listed';
      readonly items: readonly ScheduledItem[];
      readonly isWhole: boolean;
      readonly lacks?: 'people';
      /** It asked to be left alone before all was read; null when it did not say until when. */
      readonly notBefore?: Instant | null;
    }
  /** This server has no such list, or is not known to tell the truth with an empty one. */
  | { readonly kind: 'cannot-tell'; readonly detail: string }
  | { readonly kind: 'signed-out'; readonly detail: string }
  /** It asks to be left alone. */
  | { readonly kind: 'try-later'; readonly detail: string; readonly notBefore: Instant | null }
  /** `isUnsent`: nothing left this machine. */
  | { readonly kind: 'unclear'; readonly detail: string; readonly isUnsent?: true };

/** What became of one cancellation, as it was read back from the service. */
export type Cancellation =
  /** The service said yes, and it is not there any more. */
  | { readonly kind: 'canceled' }
  /** It is not there any more, and that was not said to be our doing: it may have gone out. */
  | { readonly kind: 'gone' }
  /** It does not wait any more because it was sent, or is being sent. */
  | { readonly kind: 'out' }
  /** Whatever was answered: it is still listed, and will go out. */
  | { readonly kind: 'still-there'; readonly detail: string }
  /** Nothing was done: it asks to be left alone. */
  | { readonly kind: 'try-later'; readonly detail: string; readonly notBefore: Instant | null }
  | { readonly kind: 'signed-out'; readonly detail: string }
  /** `isUnsent`: nothing left this machine. */
  | { readonly kind: 'unclear'; readonly detail: string; readonly isUnsent?: true };

/** The soonest first; what has no time last. */
export function soonestFirst<T extends Pick<ScheduledItem, 'id' | 'planAt'>>(
  items: readonly T[],
): readonly T[] {
  const at = ({ planAt }: T) => planAt ?? Number.MAX_SAFE_INTEGER;
  return [...items].sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
