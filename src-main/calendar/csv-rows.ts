import { CsvError, parse } from 'csv-parse';
import { FileRefused, type Said, say } from './said.ts';

/** A row as it stands in the file, or why it is none. `line` is where it begins, counted from 1. */
export type CsvRow =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'fault'; readonly line: number; readonly column: number; readonly said: Said };

export type Delimiter = ',' | ';' | '\t';

/** A row longer than this has an open quote that swallows the rest of the file. */
const MOST_ROW_BYTES = 1024 * 1024;

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

/**
 * Splits text (line breaks as '\n') by RFC 4180, one batch of rows for each piece of text. A quote in the middle of an unquoted cell spoils
 * its row only. Throws `FileRefused` where a quoted cell is never closed or goes on after its closing quote: from there on nobody can
 * tell where rows begin.
 */
export async function* readRows(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<readonly CsvRow[]> {
  let batch: CsvRow[] = [];
  let lastLine = 0;
  let failure: Error | null = null;
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    columns: false,
    // Lengths are compared by whoever knows the header; nothing is dropped here, because rows stay arrays.
    relax_column_count: true,
    info: true,
    max_record_size: MOST_ROW_BYTES,
    skip_records_with_error: true,
    on_skip: (error) => {
      // A mistake that cannot be skipped is thrown, which ends the parsing with it.
      if (error?.code !== 'INVALID_OPENING_QUOTE') throw error;
      const line = Number(error.lines);
      if (batch.at(-1)?.kind === 'fault' && lastLine === line) return undefined;
      lastLine = line;
      batch.push({ kind: 'fault', line, column: Number(error.column), said: strayQuote });
      return undefined;
    },
  });
  const closed = new Promise<void>((resolve) => parser.once('close', resolve));
  parser.on('error', (error) => {
    failure = error;
  });
  parser.on('data', ({ record, info }: Parsed) => {
    const breaks = record.reduce((sum, cell) => sum + countBreaks(cell), 0);
    lastLine = info.lines;
    batch.push({ kind: 'row', line: info.lines - breaks, cells: record });
  });
  try {
    for await (const piece of text) {
      await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
      if (failure !== null) break;
      if (batch.length > 0) {
        yield batch;
        batch = [];
      }
    }
    parser.end();
    await closed;
    if (batch.length > 0) yield batch;
    if (failure !== null) throw refusalOf(failure, lastLine + 1);
  } finally {
    parser.destroy();
  }
}

function countBreaks(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

function refusalOf(error: Error, line: number): Error {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE') {
    const at = Number(error.lines ?? line);
    return new FileRefused(
      'bad-quote',
      say(
        `Line ${at}: there is something after the closing quote of a cell, so from here on rows cannot be told apart. Write a quote inside a quoted cell twice ("").`,
        `Ligne ${at} : il y a quelque chose après le guillemet fermant d’une cellule ; à partir d’ici, les lignes ne peuvent plus être distinguées. Doublez les guillemets à l’intérieur d’une cellule ("").`,
      ),
    );
  }
  return new FileRefused(
    'open-quote',
    say(
      `Line ${line}: a quote opened in this row is never closed, so the rest of the file cannot be read.`,
      `Ligne ${line} : un guillemet ouvert dans cette ligne n’est jamais fermé ; la suite du fichier ne peut pas être lue.`,
    ),
  );
}

const strayQuote: Said = say(
  'There is a quote in the middle of a cell that is not quoted. Put the whole cell in quotes and write the inner ones twice ("").',
  'Il y a un guillemet au milieu d’une cellule sans guillemets. Mettez toute la cellule entre guillemets et doublez ceux de l’intérieur ("").',
);
