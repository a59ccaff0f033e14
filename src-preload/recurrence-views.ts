export type RecurrenceRuleView =
  | { kind: 'day' }
  | { kind: 'week'; days: readonly number[] }
  | { kind: 'month'; day: number };

export type RecurrenceView = {
  id: number;
  text: string;
  label: string;
  rule: RecurrenceRuleView;
  time: string;
  timeZone: string;
  from: string;
  until: string | null;
  most: number | null;
  accounts: { accountId: number; name: string; brand: string; isStopped: boolean }[];
  /** Its posts to come that are in the queue, and the first of their times. */
  postsToCome: number;
  next: number[];
  /** Its last date is in the queue or over: no more posts will be made. */
  isOver: boolean;
};

export type RecurrencePreview = {
  /** Dates within the next 60 days, and posts for all accounts of the draft. */
  dates: number;
  posts: number;
  /** The first times. */
  next: number[];
  /** Dates of the next two years on which the clocks skip that time, or show it twice. */
  gap: number;
  twice: number;
  /** Accounts a stop covers: their posts are made once they are released. */
  stopped: number;
};
