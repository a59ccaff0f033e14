/** The yes a post needs. `isGiven`: for the time the post has now, or somebody let it go without. */
export type NeededYesView = { from: string; isGiven: boolean };

/** What was answered to a post; 'without' is somebody who let it go out without a yes. */
export type YesAnswerView = {
  answer: 'yes' | 'no' | 'without';
  by: string;
  remark: string;
  answeredAt: number;
  readAt: number;
  readBy: string;
  /** The time of the post that was answered for. */
  publishAt: number;
};

/** Posts of a brand that wait for one person. */
export type WaitingView = { brandId: number; from: string; posts: number; firstAt: number };

export type YesView = {
  /** Brands whose posts need a yes. */
  brands: { brandId: number; from: string }[];
  /** The soonest first. */
  waiting: WaitingView[];
  /** The sum of those. */
  posts: number;
};

export type LargePicture = { sha256: string; name: string; bytes: number };

/**
 * `left`: posts more than one page holds; ask again once these are answered. `pictures`: how many files are only named in it; `leftOut`: the first
 * of them by name.
 */
export type AskSaved = {
  path: string | null;
  posts: number;
  left: number;
  pictures: number;
  leftOut: string[];
};

/** What an answer does: 'yes' and 'no' are done; every other is why nothing is. */
export type AnswerEffect =
  | 'yes'
  | 'no'
  | 'other-person'
  | 'unknown'
  | 'other-desk'
  | 'changed'
  | 'twice'
  | 'not-asked'
  | 'answered'
  | 'past'
  | 'gone';

export type AnswerRow = {
  postId: number;
  /** '' of a post that is not here. */
  brand: string;
  account: string;
  network: string;
  text: string;
  /** Null of a post that is not here; in the zone of its brand. */
  publishAt: number | null;
  timeZone: string;
  /** Who was asked. */
  from: string;
  answer: 'yes' | 'no';
  remark: string;
  effect: AnswerEffect;
};

export type AnswersPreview = {
  previewId: string;
  /** Who answered, as it was typed. */
  by: string;
  /** By the clock of whoever answered; null where it is not said. */
  answeredAt: number | null;
  rows: AnswerRow[];
  yes: number;
  no: number;
  /** Given by somebody else than who was asked. */
  otherPerson: number;
  /** Posts of the same page that wait on, without the answers of somebody else; null where the page was not made here. */
  open: number | null;
  /** The same with them. */
  openWithOther: number | null;
  /** Lines that begin like an answer and are none. */
  unread: { line: number; text: string }[];
};

export type AnswersTaken = { yes: number; no: number; left: number };
