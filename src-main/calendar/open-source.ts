import { type CsvRow, type Delimiter, readRows } from './csv-rows.ts';
import { countKnown } from './layout.ts';
import type { ReadingChoices } from './reading-choices.ts';
import type { Source } from './source.ts';
import { inspectTextFile, isZip, readText, type TextFile } from './text-file.ts';
import { openWorkbook } from './workbook.ts';

const MOST_FIRST_LINE = 64 * 1024;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** Opens a table for reading, a text or a workbook, whatever its name. Throws `FileRefused` for what is none. */
export async function openSource(
  path: string,
  choices: ReadingChoices,
  signal: AbortSignal | null,
): Promise<Source> {
  if (await isZip(path)) return openWorkbook(path, choices.sheet, signal);
  return openTextSource(await inspectTextFile(path, signal), signal);
}

/** Comma, semicolon or tab: whichever shows more columns that somebody knows, or else more columns. */
async function openTextSource(file: TextFile, signal: AbortSignal | null): Promise<Source> {
  const line = await readFirstLine(file, signal);
  const chosen = DELIMITERS.map((delimiter) => ({ delimiter, cells: splitLine(line, delimiter) })).reduce(
    (best, one) => (weightOf(one.cells) > weightOf(best.cells) ? one : best),
  );
  const { delimiter } = chosen;
  const rows = (stop: AbortSignal | null, onBytes: (bytes: number) => void) =>
    readRows(readText(file, stop, onBytes), delimiter);
  return { file, first: await firstRow(rows(signal, () => {})), sheets: [], sheet: '', rows };
}

async function firstRow(rows: AsyncIterable<readonly CsvRow[]>): Promise<readonly string[]> {
  for await (const batch of rows) {
    for (const row of batch) return row.kind === 'row' ? row.cells : [];
  }
  return [];
}

async function readFirstLine(file: TextFile, signal: AbortSignal | null): Promise<string> {
  let start = '';
  for await (const piece of readText(file, signal)) {
    start += piece;
    if (start.includes('\n') || start.length > MOST_FIRST_LINE) break;
  }
  return start.slice(0, MOST_FIRST_LINE).split('\n')[0] ?? '';
}

function weightOf(cells: readonly string[]): number {
  return countKnown(cells) * 1_000 + Math.min(cells.length, 999);
}

/** The cells of one line, quotes heeded; good enough to tell separators apart. */
function splitLine(line: string, delimiter: Delimiter): readonly string[] {
  const cells = [''];
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells;
}
