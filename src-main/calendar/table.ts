import {
  type ColumnSpec,
  chooseDelimiter,
  type Header,
  isBlank,
  readHeader,
  shapeProblem,
} from './columns.ts';
import { type CsvRow, readRows } from './csv-rows.ts';
import { FileRefused, type RowProblem } from './said.ts';
import { readText, type TextFile } from './text-file.ts';

/** A row of a table with a header: whole, or with what is wrong with its shape. Rows with nothing in them are left out. */
export type TableRow =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'bad'; readonly line: number; readonly problem: RowProblem };

export type TableBatch<C extends string> = { readonly header: Header<C>; readonly rows: readonly TableRow[] };

const MOST_FIRST_LINE = 64 * 1024;

/** Reads a CSV file with a header, a batch of rows at a time. Throws `FileRefused` for what cannot be read as such a table. */
export async function* readTable<C extends string>(
  file: TextFile,
  spec: ColumnSpec<C>,
  signal: AbortSignal | null,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<TableBatch<C>> {
  const text = readText(file, signal, onBytes);
  try {
    let start = '';
    while (!start.includes('\n') && start.length < MOST_FIRST_LINE) {
      const piece = await text.next();
      if (piece.done) break;
      start += piece.value;
    }
    const delimiter = chooseDelimiter(start.slice(0, MOST_FIRST_LINE).split('\n')[0] ?? '', [
      ...spec.required,
      ...spec.optional,
    ]);
    yield* shapeTable(readRows(joined(start, text), delimiter), spec);
  } finally {
    await text.return(undefined);
  }
}

/** The first row is the header. Throws `FileRefused` when it is none that fits. */
export async function* shapeTable<C extends string>(
  source: AsyncIterable<readonly CsvRow[]>,
  spec: ColumnSpec<C>,
): AsyncGenerator<TableBatch<C>> {
  let header: Header<C> | null = null;
  for await (const batch of source) {
    const rows: TableRow[] = [];
    for (const row of batch) {
      if (header === null) header = readHeader(headerCells(row), spec);
      else if (row.kind === 'fault')
        rows.push({ kind: 'bad', line: row.line, problem: faultOf(header, row) });
      else if (!isBlank(row.cells)) rows.push(shaped(header, row));
    }
    if (header !== null) yield { header, rows };
  }
}

function shaped<C extends string>(header: Header<C>, row: CsvRow & { kind: 'row' }): TableRow {
  const problem = shapeProblem(header, row);
  return problem === null ? row : { kind: 'bad', line: row.line, problem };
}

function headerCells(row: CsvRow): readonly string[] {
  if (row.kind === 'fault') throw new FileRefused('bad-header', row.said);
  return row.cells;
}

function faultOf<C extends string>(header: Header<C>, row: CsvRow & { kind: 'fault' }): RowProblem {
  const column = [...header.places].find(([, place]) => place === row.column)?.[0] ?? '';
  return { line: row.line, column, said: row.said };
}

async function* joined(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (start !== '') yield start;
  yield* rest;
}
