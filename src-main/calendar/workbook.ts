import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import { type Entry, open, type ZipFile } from 'yauzl';
import { isBlank } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';
import { Canceled } from './pacer.ts';
import { FileRefused, type Said, say } from './said.ts';
import { createSheetReader, longer, type SheetFacts, unescaped } from './sheet-reader.ts';
import type { Source } from './source.ts';
import type { TextFile } from './text-file.ts';
import { builtInKind, kindOfFormat, type NumberKind } from './workbook-dates.ts';
import { damaged, readSmallXml, readXml, tooBig } from './workbook-xml.ts';

/** Of the file as it is, packed. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Of its parts, unpacked: a workbook is packed about ten to one, a trap a thousand to one. */
const MOST_SHEET_BYTES = 512 * 1024 * 1024;
const MOST_STRING_BYTES = 128 * 1024 * 1024;
const MOST_SMALL_BYTES = 16 * 1024 * 1024;
const MOST_ENTRIES = 10_000;

type Sheet = { readonly name: string; readonly entry: Entry };

/** A workbook whose parts are known, before any sheet is read. */
type Workbook = { readonly zip: ZipFile; readonly sheets: readonly Sheet[]; readonly facts: SheetFacts };

/** Opens an .xlsx workbook. Nothing in it is carried out: of formulas the values are read that the spreadsheet left there. */
export async function openWorkbook(
  path: string,
  wanted: string | undefined,
  signal: AbortSignal | null,
): Promise<Source> {
  const file = await identify(path, signal);
  const found = await withWorkbook(path, signal, async (book) => {
    const named = book.sheets.filter(({ name }) => wanted === undefined || name === wanted);
    if (named.length === 0) throw new FileRefused('no-sheet', noSheet);
    for (const { name, entry } of named) {
      for await (const row of readSheet(book, entry, signal, () => {}))
        return { first: row.cells, sheet: name, sheets: book.sheets };
    }
    return { first: [], sheet: named[0]?.name ?? '', sheets: book.sheets };
  });
  const { first, sheet } = found;
  return {
    file,
    first,
    sheet,
    sheets: found.sheets.map(({ name }) => name),
    async *rows(stop, onBytes) {
      const book = await readWorkbook(path, stop);
      try {
        const entry = book.sheets.find(({ name }) => name === sheet)?.entry;
        if (entry === undefined) throw damaged();
        const told = (bytes: number) =>
          onBytes(Math.round((file.bytes * bytes) / Math.max(1, entry.uncompressedSize)));
        let batch: CsvRow[] = [];
        for await (const row of readSheet(book, entry, stop, told)) {
          batch.push(padded(row, first.length));
          if (batch.length < 200) continue;
          yield batch;
          batch = [];
        }
        if (batch.length > 0) yield batch;
      } finally {
        book.zip.close();
      }
      // Nothing that was built on another file is kept.
      if ((await identify(path, stop)).sha256 !== file.sha256)
        throw new FileRefused('file-changed', fileChanged);
    },
  };
}

type Row = CsvRow & { kind: 'row' };

/** Rows end where something was last written: they are as long as the first, or longer where there is more in them. */
function padded(row: Row, width: number): Row {
  const cells = [...row.cells];
  while (cells.length > width && cells.at(-1)?.trim() === '') cells.pop();
  while (cells.length < width) cells.push('');
  return { ...row, cells };
}

/** Rows with something in them, in order. */
async function* readSheet(
  { zip, facts }: Workbook,
  entry: Entry,
  signal: AbortSignal | null,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Row> {
  const reader = createSheetReader(facts);
  const take = (bytes: number) => {
    onBytes(bytes);
    return reader.take();
  };
  for await (const row of readXml(zip, entry, MOST_SHEET_BYTES, signal, reader.listener, take)) {
    if (!isBlank(row.cells)) yield row;
  }
}

async function withWorkbook<T>(
  path: string,
  signal: AbortSignal | null,
  work: (book: Workbook) => Promise<T>,
): Promise<T> {
  const book = await readWorkbook(path, signal);
  try {
    return await work(book);
  } finally {
    book.zip.close();
  }
}

async function readWorkbook(path: string, signal: AbortSignal | null): Promise<Workbook> {
  const zip = await openZip(path);
  try {
    const entries = await listEntries(zip);
    const book = entries.get('xl/workbook.xml');
    const relations = entries.get('xl/_rels/workbook.xml.rels');
    if (book === undefined || relations === undefined) throw damaged();
    const targets = new Map<string, string>();
    await readSmallXml(zip, relations, MOST_SMALL_BYTES, signal, {
      open(local, { Id = '', Target = '' }) {
        if (local === 'Relationship')
          targets.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target));
      },
    });
    const sheets: (Sheet & { isHidden: boolean })[] = [];
    let is1904 = false;
    await readSmallXml(zip, book, MOST_SMALL_BYTES, signal, {
      open(local, attributes) {
        if (local === 'workbookPr') is1904 = /^(?:1|true|on)$/u.test(attributes.date1904 ?? '');
        if (local !== 'sheet') return;
        const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
        const entry = entries.get(targets.get(id) ?? '');
        const isHidden = (attributes.state ?? 'visible') !== 'visible';
        if (entry !== undefined) sheets.push({ name: attributes.name ?? '', entry, isHidden });
      },
    });
    const strings = await readStrings(zip, entries.get('xl/sharedStrings.xml'), signal);
    const kinds = await readKinds(zip, entries.get('xl/styles.xml'), signal);
    const visible = sheets.filter(({ isHidden }) => !isHidden);
    if (sheets.length === 0) throw damaged();
    return { zip, sheets: visible.length > 0 ? visible : sheets, facts: { strings, kinds, is1904 } };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The texts that cells name by number; how they are read aloud (`rPh`) is no part of them. */
async function readStrings(
  zip: ZipFile,
  entry: Entry | undefined,
  signal: AbortSignal | null,
): Promise<readonly string[]> {
  const strings: string[] = [];
  if (entry === undefined) return strings;
  let text = '';
  let [isText, aloud] = [false, 0];
  await readSmallXml(zip, entry, MOST_STRING_BYTES, signal, {
    open(local) {
      if (local === 'si') text = '';
      else if (local === 'rPh') aloud += 1;
      else if (local === 't') isText = aloud === 0;
    },
    text(piece) {
      if (isText) text = longer(text, piece);
    },
    close(local) {
      if (local === 't') isText = false;
      else if (local === 'rPh') aloud -= 1;
      else if (local === 'si') strings.push(unescaped(text));
    },
  });
  return strings;
}

/** What the numbers of each style are. */
async function readKinds(
  zip: ZipFile,
  entry: Entry | undefined,
  signal: AbortSignal | null,
): Promise<readonly NumberKind[]> {
  const kinds: NumberKind[] = [];
  if (entry === undefined) return kinds;
  const own = new Map<string, NumberKind>();
  let isCells = false;
  await readSmallXml(zip, entry, MOST_SMALL_BYTES, signal, {
    open(local, { numFmtId = '', formatCode = '' }) {
      if (local === 'numFmt') own.set(numFmtId, kindOfFormat(formatCode));
      else if (local === 'cellXfs') isCells = true;
      else if (local === 'xf' && isCells) kinds.push(own.get(numFmtId) ?? builtInKind(Number(numFmtId)));
    },
    close(local) {
      if (local === 'cellXfs') isCells = false;
    },
  });
  return kinds;
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(damaged());
      else resolve(zip);
    });
  });
}

function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw new FileRefused('workbook-too-big', tooBig);
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('error', () => reject(damaged()));
    zip.on('end', () => resolve(entries));
    zip.readEntry();
  });
}

async function identify(path: string, signal: AbortSignal | null): Promise<TextFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    if (signal?.aborted) throw new Canceled();
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new FileRefused('workbook-too-big', packedTooBig);
    hash.update(chunk as Buffer);
  }
  return { path, bytes, sha256: hash.digest('hex'), encoding: 'utf-8' };
}

const noSheet: Said = say(
  'There is no sheet of that name in the workbook.',
  'Le classeur n’a pas de feuille de ce nom.',
);
const packedTooBig: Said = say(
  'The workbook is larger than 64 MB. Save the sheet as CSV, or split it.',
  'Le classeur dépasse 64 Mo. Enregistrez la feuille en CSV, ou découpez-la.',
);
const fileChanged: Said = say(
  'The file changed while it was being read. Look at it again, then import it.',
  'Le fichier a changé pendant la lecture. Vérifiez-le de nouveau, puis importez-le.',
);
