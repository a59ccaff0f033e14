import type { AccountId } from '../core/brand.ts';
import type { DateOrder, FieldPlaces } from './formats/format.ts';

/** All Stop's own calendar among the names of formats. */
export const OWN_FORMAT = 'all-stop';

/** What a person said about how a file is to be read; what is left out is recognised, or asked. */
export type ReadingChoices = {
  /** The id of a format, 'columns' for a table of nobody in particular, `OWN_FORMAT`; '' lets the header say. */
  readonly format?: string;
  /** Instead of the columns the format says. */
  readonly columns?: FieldPlaces;
  readonly hasHeader?: boolean;
  /** Of days written with numbers only and the year last. */
  readonly dateOrder?: DateOrder;
  /** An IANA zone, or 'brand': each brand's own. */
  readonly timeZone?: string;
  /** Which accounts are meant by what a row names, see `accountNames`; '' is for rows that name none. */
  readonly accounts?: Readonly<Record<string, readonly AccountId[]>>;
  /** Of a time that the clocks skip or show twice. Without it such a row is bad. */
  readonly clockChange?: 'earlier' | 'later';
  /** What becomes of a picture that is a web address: nothing is ever fetched. Without it such a row is bad. */
  readonly webMedia?: 'leave' | 'link';
  /** Which sheet of a workbook; the first one with something in it otherwise. */
  readonly sheet?: string;
};
