import sax from 'sax';
import type { Entry, ZipFile } from 'yauzl';
import { Canceled, createPacer } from './pacer.ts';
import { FileRefused, type Said, say } from './said.ts';

/** What is told of a piece of XML as it goes by. `local`: the element's name without its prefix. */
export type XmlListener = {
  open?(local: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(local: string): void;
};

/** A few letters can make a row of a thousand cells: no more of them are read before the loop has its turn. */
const LETTERS_A_TURN = 8 * 1024;

/**
 * Reads one part of a workbook piece by piece: the loop has its turn after each. Entities that are not known by themselves, and more bytes
 * than `mostBytes` once unpacked, are refused: neither is anything a spreadsheet writes.
 */
export async function* readXml<T>(
  zip: ZipFile,
  entry: Entry,
  mostBytes: number,
  signal: AbortSignal | null,
  listener: XmlListener,
  /** What has come together since the last piece. */
  take: (readBytes: number) => readonly T[],
): AsyncGenerator<T> {
  if (entry.uncompressedSize > mostBytes) throw new FileRefused('workbook-too-big', tooBig);
  if ((entry.generalPurposeBitFlag & 1) === 1) throw damaged();
  const parser = sax.parser(true, { position: false });
  let failure: Error | null = null;
  parser.onerror = (error) => {
    failure = error;
  };
  parser.onopentag = ({ name, attributes }) =>
    listener.open?.(localName(name), attributes as Record<string, string>);
  parser.ontext = (text) => listener.text?.(text);
  parser.oncdata = (text) => listener.text?.(text);
  parser.onclosetag = (name) => listener.close?.(localName(name));
  const decoder = new TextDecoder();
  const stream = await openEntry(zip, entry);
  const pace = createPacer(signal);
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      if (signal?.aborted) throw new Canceled();
      bytes += (chunk as Buffer).length;
      if (bytes > mostBytes) throw new FileRefused('workbook-too-big', tooBig);
      const text = decoder.decode(chunk as Buffer, { stream: true });
      for (let at = 0; at < text.length; at += LETTERS_A_TURN) {
        parser.write(text.slice(at, at + LETTERS_A_TURN));
        if (failure !== null) throw damaged();
        yield* take(bytes);
        const turn = pace();
        if (turn) await turn;
      }
    }
    parser.write(decoder.decode()).close();
    if (failure !== null) throw damaged();
    yield* take(bytes);
  } catch (error) {
    if (error instanceof FileRefused || error instanceof Canceled) throw error;
    throw damaged();
  } finally {
    stream.destroy();
  }
}

/** The same of a part that is small and read as a whole. */
export async function readSmallXml(
  zip: ZipFile,
  entry: Entry,
  mostBytes: number,
  signal: AbortSignal | null,
  listener: XmlListener,
): Promise<void> {
  for await (const _ of readXml<never>(zip, entry, mostBytes, signal, listener, () => [])) {
    // Nothing is taken: the listener keeps what it hears.
  }
}

function openEntry(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream & { destroy(): void }> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(damaged());
      else resolve(stream);
    });
  });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export const damaged = (): FileRefused => new FileRefused('workbook', notWorkbook);

const notWorkbook: Said = say(
  'This workbook cannot be read: it is damaged, protected, or not in the .xlsx format. In the spreadsheet choose Save as, then CSV UTF-8 or .xlsx.',
  'Ce classeur ne peut pas être lu : il est endommagé, protégé ou n’est pas au format .xlsx. Dans le tableur, choisissez Enregistrer sous, puis CSV UTF-8 ou .xlsx.',
);
export const tooBig: Said = say(
  'This workbook is too large once unpacked. Save the sheet as CSV, or split it.',
  'Ce classeur est trop grand une fois décompressé. Enregistrez la feuille en CSV, ou découpez-la.',
);
