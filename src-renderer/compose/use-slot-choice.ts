import { useMemo } from 'react';
import type { NextSlot, NextSlots } from '../../src-preload/slot-views.ts';
import { type Refusal, useRead } from '../api.ts';
import { useKept } from '../ui/use-kept.ts';
import type { Resolved } from '../ui/when.ts';

/** Whether each post goes into the next free slot of its account, and what that means now. */
export type SlotChoice = {
  readonly isOn: boolean;
  setOn(isOn: boolean): void;
  /** Of the accounts chosen; undefined while it is read. */
  readonly next: NextSlots | undefined;
  readonly error: Refusal | null;
  /** Looks anew: time has passed, or somebody took a slot. */
  again(): void;
  /** Those without a free slot. */
  readonly lacking: readonly NextSlot[];
  /** Instead of what a typed time means; null while it is off. */
  readonly resolved: Resolved | null;
  /** The part of a request that says which slot each account takes. */
  readonly request: { slots?: { accountId: number; at: number }[] };
  /** The last of the instants. */
  readonly lastAt: number | null;
};

const NONE: readonly NextSlot[] = [];

/** Kept while the window lives: who fills slots writes the next post for a slot, too. */
export function useSlotChoice(accountIds: readonly number[]): SlotChoice {
  const [isOn, setOn] = useKept('compose.slots', false);
  const isAsked = isOn && accountIds.length > 0;
  const read = useRead('slot.next', { accountIds: [...accountIds] }, { enabled: isAsked, fresh: true });
  const next = isAsked ? read.data : undefined;
  const { refetch } = read;
  return useMemo(() => {
    const lacking = next?.accounts.filter((one) => one.next === null) ?? NONE;
    const slots = (next?.accounts ?? NONE).flatMap(({ accountId, next: slot }) =>
      slot ? [{ accountId, ...slot }] : [],
    );
    const isWhole = slots.length > 0 && slots.length === accountIds.length;
    const [first] = slots.toSorted((a, b) => a.at - b.at);
    const resolved = ((): Resolved | null => {
      if (!isOn) return null;
      if (isAsked && next === undefined && !read.error) return { kind: 'reading' };
      if (!isWhole || !first) return { kind: 'incomplete' };
      const wanted = { localTime: first.localTime, timeZone: first.timeZone };
      return { kind: 'ready', at: first.at, wanted, question: null };
    })();
    return {
      isOn,
      setOn,
      next,
      error: isAsked ? read.error : null,
      again: () => void refetch(),
      lacking,
      resolved,
      request: isOn ? { slots: slots.map(({ accountId, at }) => ({ accountId, at })) } : {},
      lastAt: isOn && isWhole ? slots.reduce((at, slot) => Math.max(at, slot.at), 0) : null,
    };
  }, [isOn, setOn, isAsked, next, read.error, refetch, accountIds.length]);
}
