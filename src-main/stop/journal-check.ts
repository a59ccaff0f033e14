import { createReadStream } from 'node:fs';
import { eventOf, GENESIS, HEAD_BYTES, hashOf, type JournalRecord, parseRecord } from './journal.ts';
import { readSmall } from './sync-files.ts';

export type JournalCheck = {
  readonly isWhole: boolean;
  readonly records: number;
  /** The line, counted from 1, from which on the chain is broken; null when it is whole. */
  readonly brokenAt: number | null;
  readonly problem: string;
};

/** Whether the record is what its own hash says. */
function isTrue(record: JournalRecord): boolean {
  const { hash, ...rest } = record;
  return hashOf(rest) === hash;
}

/**
 * Every line as it is, byte for byte, and whether it was ended. Split at the line feed alone: the texts in it may hold
 * any other character some program takes for the end of a line.
 */
async function* readLines(path: string): AsyncGenerator<{ bytes: Buffer; isEnded: boolean }> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      yield { bytes: Buffer.concat([...rest, chunk.subarray(from, end)]), isEnded: true };
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), isEnded: false };
}

/** Hands on the records of the events named, in order, unchecked. Reads as a stream; a journal that is not there has none. */
export async function readRecords(
  path: string,
  events: readonly string[],
  visit: (record: JournalRecord) => void,
): Promise<void> {
  const wanted = new Set(events);
  try {
    for await (const { bytes } of readLines(path)) {
      const record = wanted.has(eventOf(bytes)) ? parseRecord(bytes.toString()) : null;
      if (record && isReadable(record)) visit(record);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Whether the line holds exactly the bytes that are written for this record: nothing that reads the same may pass for it. */
function isAsWritten(record: JournalRecord, bytes: Buffer): boolean {
  return isTrue(record) && Buffer.from(JSON.stringify(record)).equals(bytes);
}

function problemOf(
  record: JournalRecord | null,
  bytes: Buffer,
  isEnded: boolean,
  before: { readonly line: number; readonly seq: number; readonly prev: string },
): string {
  const { line, seq, prev } = before;
  if (!record || !isEnded) return `Line ${line} is not a record.`;
  if (record.seq !== seq + 1) return `Line ${line} has number ${record.seq}, ${seq + 1} was expected.`;
  if (record.prev !== prev) return `Line ${line} does not follow the record before it.`;
  return isAsWritten(record, bytes) ? '' : `Line ${line} was changed after it was written.`;
}

/** A changed line may hold anything: what is handed on has at least the shape of a record. */
function isReadable(record: JournalRecord): boolean {
  return (
    typeof record.event === 'string' &&
    typeof record.by === 'string' &&
    typeof record.control === 'string' &&
    Number.isFinite(Date.parse(record.at)) &&
    typeof record.details === 'object' &&
    record.details !== null
  );
}

/**
 * Checks every record's hash, the chain between them, and that none is missing at the end. Reads as a stream. With `visit` it is handed
 * every line that can be read as a record, also those after a break, and goes on to the end.
 */
export async function verifyJournal(
  path: string,
  headPath: string,
  visit?: (record: JournalRecord) => void,
): Promise<JournalCheck> {
  let line = 0;
  let prev = GENESIS;
  let seq = 0;
  let found: JournalCheck | null = null;
  const broken = (problem: string): JournalCheck => ({
    isWhole: false,
    records: seq,
    brokenAt: line,
    problem,
  });
  const head = readHead(headPath);
  let headHash: string | null = null;
  try {
    for await (const { bytes, isEnded } of readLines(path)) {
      line += 1;
      const record = parseRecord(bytes.toString());
      const problem = problemOf(record, bytes, isEnded, { line, seq, prev });
      if (problem !== '') found ??= broken(problem);
      if (found && !visit) return found;
      if (record && isReadable(record)) visit?.(record);
      if (found || !record) continue;
      seq = record.seq;
      prev = record.hash;
      if (head && seq === head.seq) headHash = record.hash;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      line += 1;
      return broken(`The journal cannot be read: ${(error as Error).message}`);
    }
  }
  if (found) return found;
  line += 1;
  if (head && head.seq > seq) return broken(`${head.seq - seq} records are missing at the end.`);
  if (head && head.seq > 0 && headHash !== head.hash)
    return broken('The last record is not the one that was written.');
  return { isWhole: true, records: seq, brokenAt: null, problem: '' };
}

function readHead(path: string): { seq: number; hash: string } | null {
  try {
    const head = JSON.parse(readSmall(path, HEAD_BYTES).text) as { seq: number; hash: string };
    return Number.isSafeInteger(head.seq) && typeof head.hash === 'string' ? head : null;
  } catch {
    return null;
  }
}
