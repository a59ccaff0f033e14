import type { PostState } from './views.ts';

/** Why some of the chosen posts are left as they are: their state, or what is named. */
export type BulkReason =
  | PostState
  | 'past'
  | 'gap'
  | 'twice'
  | 'no-slots'
  | 'no-free-slot'
  | 'stopped'
  | 'does-not-fit'
  | 'same-account'
  | 'needs-yes'
  | 'same-labels'
  | 'too-many-labels'
  | 'changed'
  | 'final';

export type BulkLeftOut = {
  reason: BulkReason;
  count: number;
  /** The first ones, by name; `detail` is what the other network says against it, in the window's language. */
  examples: { postId: number; brand: string; account: string; text: string; detail: string }[];
};

/** What a step would do, found out by main for every post it reaches; nothing is changed yet. */
export type BulkPreview = {
  previewId: string;
  /** Posts looked at; the sum of those affected and those left out. */
  asked: number;
  affected: number;
  accounts: number;
  /** By brand, the most posts first. The new times are null where the step changes none. */
  brands: {
    brandId: number;
    name: string;
    posts: number;
    firstAt: number;
    lastAt: number;
    newFirstAt: number | null;
    newLastAt: number | null;
  }[];
  leftOut: BulkLeftOut[];
  /** Of those affected: covered by a stop in force. */
  stopped: number;
  /** Of those affected: their time plus the grace has passed, so that resumed they become missed. */
  tooLate: number;
  /** Of those affected: held, and staying so. */
  staysHeld: number;
  /** Of those affected: a yes is needed, and there is none for the new time; they are held until there is. */
  waits: number;
  /** Of those asked, whatever was chosen: wall times that do not exist, or exist twice, on the new day. Of slots: those left out for it. */
  gap: number;
  twice: number;
  /** Of those affected: the same text twice within 24 hours on the other account. */
  duplicates: number;
  /** Of those affected: from other brands than that of the other account. */
  otherBrand: number;
  /** Posts of the fullest account among those affected. */
  mostOfAccount: number;
};

export type BulkDone = {
  changed: number;
  /** Touched since the preview, so left as they are. */
  left: number;
  /** It was broken off; what was changed stays changed and can be taken back. */
  isBrokenOff: boolean;
  canUndo: boolean;
  planWarning: string;
};

/** The last step, while it can be taken back. */
export type BulkLast = { kind: string; at: number; changed: number };

export type BulkUndone = { restored: number; left: { reason: BulkReason; count: number }[] };
