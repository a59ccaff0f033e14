/** A place in an account's week. `weekday` is 1 (Monday) to 7; `time` is 'HH:mm' in the zone of its brand. */
export type SlotView = { weekday: number; time: string };

export type AccountSlots = { accountId: number; slots: SlotView[] };

/** A slot the clocks leave out on one day: they skip its time then, or show it twice. */
export type SkippedSlotView = { localTime: string; clock: 'gap' | 'twice' };

/** Where an account's next post would go. `next` is null without a free slot: it has no slots, or none free for a year. */
export type NextSlot = {
  accountId: number;
  hasSlots: boolean;
  next: { at: number; localTime: string; timeZone: string } | null;
  /** Left out on the way there. */
  skipped: SkippedSlotView[];
};

export type NextSlots = {
  accounts: NextSlot[];
  /** The first instant that is a free slot of all of them, within the next eight weeks; null when there is none. */
  common: number | null;
};

export type FreeSlots = {
  /** By time. */
  free: { accountId: number; at: number; localTime: string }[];
  skipped: ({ accountId: number } & SkippedSlotView)[];
};
