import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Canceled } from './pacer.ts';
import { FileRefused, type Said, say } from './said.ts';

/** A file that was read through once: what its bytes are, and that they are text. */
export type TextFile = {
  readonly path: string;
  readonly bytes: number;
  /** Of the whole file, hex: reading it again must give the same, or it is another file. */
  readonly sha256: string;
  /** Excel in French and other western languages writes windows-1252 unless told otherwise. */
  readonly encoding: 'utf-8' | 'windows-1252';
};

const MOST_BYTES = 512 * 1024 * 1024;
/** Small enough that decoding and splitting one takes a few milliseconds on a slow machine. */
const CHUNK_BYTES = 16 * 1024;

/** Whether the file begins as a workbook does; false of one that cannot be read. */
export async function isZip(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304;
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

/** Reads a file through and says what it is. Throws `FileRefused` with a sentence for what is no text file. */
export async function inspectTextFile(path: string, signal: AbortSignal | null): Promise<TextFile> {
  const bytes = await sizeOf(path);
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let isFirst = true;
  for await (const chunk of chunksOf(path, 4 * CHUNK_BYTES, signal)) {
    if (isFirst) refuseOtherFormats(chunk);
    isFirst = false;
    if (chunk.includes(0)) throw new FileRefused('not-text', notText);
    hash.update(chunk);
    if (isUtf8) {
      try {
        utf8.decode(chunk, { stream: true });
      } catch {
        isUtf8 = false;
      }
    }
  }
  try {
    if (isUtf8) utf8.decode();
  } catch {
    isUtf8 = false;
  }
  return { path, bytes, sha256: hash.digest('hex'), encoding: isUtf8 ? 'utf-8' : 'windows-1252' };
}

/**
 * The text in pieces, without a byte order mark and with every line break as '\n'. Throws `FileRefused` at the end when the bytes
 * were not those inspected, so that nothing built on them is kept.
 */
export async function* readText(
  file: TextFile,
  signal: AbortSignal | null,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder(file.encoding);
  let bytes = 0;
  let carriage = '';
  for await (const chunk of chunksOf(file.path, CHUNK_BYTES, signal)) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes);
    let text = carriage + decoder.decode(chunk, { stream: true });
    // A '\r' at the end may be half of a line break: it waits for the next piece.
    carriage = text.endsWith('\r') ? '\r' : '';
    if (carriage !== '') text = text.slice(0, -1);
    if (text !== '') yield text.replace(/\r\n?/gu, '\n');
  }
  const rest = (carriage + decoder.decode()).replace(/\r\n?/gu, '\n');
  if (rest !== '') yield rest;
  if (hash.digest('hex') !== file.sha256) throw new FileRefused('file-changed', fileChanged);
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new FileRefused('not-a-file', isFolder);
    if (!found.isFile()) throw new FileRefused('not-a-file', notAFile);
    if (found.size === 0) throw new FileRefused('empty', isEmpty);
    if (found.size > MOST_BYTES) throw new FileRefused('too-big', tooBig);
    return found.size;
  } catch (error) {
    throw error instanceof FileRefused ? error : cannotRead(error);
  }
}

async function* chunksOf(path: string, size: number, signal: AbortSignal | null): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: size });
  try {
    for await (const chunk of stream) {
      if (signal?.aborted) throw new Canceled();
      yield chunk as Buffer;
    }
  } catch (error) {
    const isSystem = error instanceof Error && 'syscall' in error;
    throw isSystem ? cannotRead(error) : error;
  } finally {
    stream.destroy();
  }
}

function cannotRead(error: unknown): FileRefused {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileRefused('no-file', noFile);
  if (code === 'EACCES' || code === 'EPERM') return new FileRefused('no-access', noAccess);
  return new FileRefused(
    'unreadable',
    say(`The file cannot be read (${code}).`, `Le fichier ne peut pas être lu (${code}).`),
  );
}

function refuseOtherFormats(head: Buffer): void {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) throw new FileRefused('workbook', workbook);
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) throw new FileRefused('old-workbook', oldWorkbook);
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) throw new FileRefused('utf-16', utf16);
}

const noFile: Said = say('There is no such file.', 'Ce fichier n’existe pas.');
const noAccess: Said = say(
  'This file may not be read by you.',
  'Vous n’avez pas le droit de lire ce fichier.',
);
const isFolder: Said = say('This is a folder, not a file.', 'C’est un dossier, pas un fichier.');
const notAFile: Said = say('This is not an ordinary file.', 'Ce n’est pas un fichier ordinaire.');
const isEmpty: Said = say('The file is empty.', 'Le fichier est vide.');
const tooBig: Said = say(
  'The file is larger than 512 MB. Split it into several.',
  'Le fichier dépasse 512 Mo. Découpez-le en plusieurs.',
);
const notText: Said = say(
  'This is not a text file. Save the table as CSV, in UTF-8.',
  'Ce n’est pas un fichier texte. Enregistrez le tableau au format CSV, en UTF-8.',
);
const workbook: Said = say(
  'This is a spreadsheet workbook, not a CSV file. In the spreadsheet choose Save as, then CSV UTF-8.',
  'C’est un classeur de tableur, pas un fichier CSV. Dans le tableur, choisissez Enregistrer sous, puis CSV UTF-8.',
);
const oldWorkbook: Said = say(
  'This is a workbook of the old .xls kind, or one with a password. In the spreadsheet choose Save as, then CSV UTF-8 or .xlsx without a password.',
  'C’est un classeur de l’ancien type .xls, ou protégé par un mot de passe. Dans le tableur, choisissez Enregistrer sous, puis CSV UTF-8 ou .xlsx sans mot de passe.',
);
const utf16: Said = say(
  'The file is written in UTF-16. Save it as CSV UTF-8.',
  'Le fichier est écrit en UTF-16. Enregistrez-le au format CSV UTF-8.',
);
const fileChanged: Said = say(
  'The file changed while it was being read. Look at it again, then import it.',
  'Le fichier a changé pendant la lecture. Vérifiez-le de nouveau, puis importez-le.',
);
