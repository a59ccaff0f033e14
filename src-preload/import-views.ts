/** What the window sees of an import. Instants as milliseconds since 1970 UTC. */

export type ImportField =
  | 'text'
  | 'publish_at'
  | 'date'
  | 'time'
  | 'time_zone'
  | 'brand'
  | 'network'
  | 'account'
  | 'link'
  | 'media'
  | 'alt_text'
  | 'label';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** See the request 'import.look'. */
export type ImportChoices = {
  format?: string | undefined;
  columns?: { [F in ImportField]?: number[] } | undefined;
  hasHeader?: boolean | undefined;
  dateOrder?: DateOrder | undefined;
  timeZone?: string | undefined;
  accounts?: Record<string, number[]> | undefined;
  clockChange?: 'earlier' | 'later' | undefined;
  webMedia?: 'leave' | 'link' | undefined;
  sheet?: string | undefined;
};

/** A day as it is written, and as it would be read in each order; '' where it is no day then. */
export type DateSampleView = { line: number; written: string; readings: Record<DateOrder, string> };

/** What a file says of itself, and what it leaves open. */
export type ImportLook = {
  fileName: string;
  /** 'all-stop' for our own calendar, 'columns' for a table of nobody in particular, else a tool. */
  format: string;
  /** Tools to choose from, by their own names. */
  formats: { id: string; name: string }[];
  /** What it may be, the likeliest first; `isSure` when there is no doubt. Empty when nothing is known about it. */
  candidates: string[];
  isSure: boolean;
  hasHeader: boolean;
  sheets: string[];
  sheet: string;
  columns: { name: string; samples: string[] }[];
  fields: { [F in ImportField]?: number[] };
  /** Without these nothing can be imported. */
  missing: ('text' | 'publish_at')[];
  rows: number;
  dates: {
    /** Rows whose day is written so that the order of day and month must be known. */
    open: number;
    /** How many of them are no day in that order. */
    impossible: Record<DateOrder, number>;
    usual: DateOrder | null;
    samples: DateSampleView[];
  };
  /** Rows with a time of no zone. */
  zoneless: number;
  /** What rows call their accounts; '' is for those that name none. */
  accounts: { name: string; rows: number; suggested: number[] }[];
  moreAccounts: number;
  /** Rows with pictures that are web addresses. */
  webMedia: number;
  /** Columns with something in them that nothing is made of. */
  leftOut: string[];
  /** What was chosen for the last file like it; {} when there was none. */
  remembered: ImportChoices;
  /** What was assumed in reading the file (its encoding), in words; '' when nothing was. */
  notice: string;
};

export type ImportProblem = { line: number; column: string; reason: string };

/** 'new' and 'duplicate' are added, 'known' is there already, the others are not added. */
export type ImportOutcome = 'new' | 'duplicate' | 'known' | 'bad' | 'past' | 'clock';

/** A file's row for one account, as it was understood. */
export type ImportRow = {
  line: number;
  brand: string;
  network: string;
  account: string;
  /** 0 when there is none. */
  publishAt: number;
  timeZone: string;
  text: string;
  media: number;
  outcome: ImportOutcome;
  problems: { column: string; reason: string }[];
};
/** `total` counts the rows of the outcomes asked for, at most 300,000. */
export type ImportRowPage = { rows: ImportRow[]; total: number };

export type ImportPreview = {
  previewId: string;
  fileName: string;
  /** As in `ImportLook`. */
  format: string;
  rows: number;
  /** To be added, `duplicateRows` among them. */
  newRows: number;
  /** They will be held when their time comes. */
  duplicateRows: number;
  /** They will be held until somebody says yes. */
  yesRows: number;
  knownRows: number;
  /** Not to be added, those whose time has passed and those at a change of the clocks among them. */
  badRows: number;
  pastRows: number;
  clockRows: number;
  firstAt: number | null;
  lastAt: number | null;
  /** At most 500. */
  problems: ImportProblem[];
  /** A plan that cannot go out in time, in words; '' when it can. */
  planWarning: string;
  /** As in `ImportLook`. */
  notice: string;
};
/** `importId`: what it can be undone by; null when nothing was added. */
export type ImportResult = { added: number; known: number; skipped: number; importId: number | null };

export type PastImportView = {
  id: number;
  fileName: string;
  /** As in `ImportLook`. */
  format: string;
  importedAt: number;
  by: string;
  posts: number;
  undoneAt: number | null;
};

/** What becomes of an import's posts when it is undone: `toCancel` are as it left them, the others stay. */
export type ImportUndoView = { toCancel: number; out: number; canceled: number; changed: number };
