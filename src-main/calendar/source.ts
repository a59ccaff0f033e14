import type { CsvRow } from './csv-rows.ts';
import type { TextFile } from './text-file.ts';

/** A table of cells, whatever file it lies in; each call of `rows` reads it again from the beginning. */
export type Source = {
  readonly file: TextFile;
  /** The row the table begins with; empty when there is none. */
  readonly first: readonly string[];
  /** The names of a workbook's sheets, and the one read; none of a text file. */
  readonly sheets: readonly string[];
  readonly sheet: string;
  rows(signal: AbortSignal | null, onBytes: (bytes: number) => void): AsyncIterable<readonly CsvRow[]>;
};
