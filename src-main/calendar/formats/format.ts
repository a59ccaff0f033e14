/** What a column of a file from elsewhere can be for us. `date` and `time` are two halves of `publish_at`. */
export const FIELDS = [
  'text',
  'publish_at',
  'date',
  'time',
  'time_zone',
  'brand',
  'network',
  'account',
  'link',
  'media',
  'alt_text',
  'label',
] as const;
export type Field = (typeof FIELDS)[number];

/** Day, month and year in the order in which they are written. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** Which columns, counted from 0, a field is read from. Several only for media. */
export type FieldPlaces = { readonly [F in Field]?: readonly number[] };

/** The calendar file of one tool: which of its columns is what. Header names are in lower case; letters' case never counts. */
export type CalendarFormat = {
  /** Stable: it is remembered and given on the command line. */
  readonly id: string;
  /** As the tool calls itself. */
  readonly name: string;
  readonly columns: { readonly [F in Field]?: readonly string[] };
  /** A header that has all of these may be this tool's. */
  readonly required: readonly string[];
  /** Columns of the tool that have no counterpart here. */
  readonly leftOut: readonly string[];
  /** What the columns are in a file without a header; null where the tool always writes one. */
  readonly positions: readonly Field[] | null;
  /** How the tool's own help says days are written; null where it leaves the choice or says nothing. */
  readonly usualOrder: DateOrder | null;
  /** What stands between two accounts in a cell, and between two media. */
  readonly betweenAccounts: RegExp | null;
  readonly betweenMedia: RegExp;
  /** Texts with this in them say several things at once in that tool. */
  readonly betweenTexts: string | null;
};
