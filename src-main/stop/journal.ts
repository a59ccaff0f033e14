import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { readSmall } from './sync-files.ts';

export type JournalValue = string | number | boolean | null | readonly string[] | readonly number[];

/** What is recorded. `details` never holds a secret or the text of a post. */
export type JournalEvent = {
  /** noun.verb, for instance 'stop.engaged'. */
  readonly event: string;
  readonly control?: string;
  readonly by?: string;
  readonly details?: Readonly<Record<string, JournalValue>>;
};

/** One line: `hash` is the SHA-256 of the line without it, and `prev` the hash of the line before. */
export type JournalRecord = {
  readonly seq: number;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
  /** Milliseconds on the monotonic clock of the boot. */
  readonly monotonic: number;
  readonly event: string;
  readonly control: string;
  readonly by: string;
  readonly details: Readonly<Record<string, JournalValue>>;
  readonly prev: string;
  readonly hash: string;
};

export type Journal = {
  /** Writes and syncs before it returns: for the stop. False when it could not; the chain then goes on where it was. */
  append(event: JournalEvent): boolean;
  /** Writes in one go before it returns, so that a killed process loses nothing, and syncs soon after. */
  appendSoon(events: readonly JournalEvent[]): boolean;
  /** Waits until all that was written is synced. */
  flush(): Promise<void>;
  /** The last records, newest last; at most what fits in the last `bytes`. */
  tail(bytes?: number): readonly JournalRecord[];
  close(): void;
};

const HEAD_BYTES = 256;
/** Longer than any record, and than what two writers say in between. */
const TAIL_BYTES = 1024 * 1024;
const GENESIS = '0'.repeat(64);

function hashOf(line: Omit<JournalRecord, 'hash'>): string {
  return createHash('sha256').update(JSON.stringify(line)).digest('hex');
}

const mended = (bytesCut: number): JournalEvent => ({ event: 'journal.mended', details: { bytesCut } });

function parseRecord(line: string): JournalRecord | null {
  try {
    const record = JSON.parse(line) as JournalRecord;
    return typeof record?.hash === 'string' && Number.isSafeInteger(record.seq) ? record : null;
  } catch {
    return null;
  }
}

/** Whether the record is what its own hash says. */
function isTrue(record: JournalRecord): boolean {
  const { hash, ...rest } = record;
  return hashOf(rest) === hash;
}

/**
 * Opens the append-only, hash-chained journal. A last line torn by a power cut is cut off and recorded as such. Throws when the
 * file cannot be opened for writing.
 */
export function openJournal(deps: {
  path: string;
  headPath: string;
  now: () => number;
  monotonic: () => number;
}): Journal {
  const fd = openSync(deps.path, 'a+', 0o600);
  const headFd = openSync(deps.headPath, constants.O_RDWR | constants.O_CREAT, 0o600);
  let head = { seq: 0, hash: GENESIS };
  let knownSize = 0;
  let isClosed = false;
  let syncing: Promise<void> | null = null;
  let isDirty = false;

  const readTail = (bytes: number): { records: JournalRecord[]; torn: number } => {
    const size = fstatSync(fd).size;
    const start = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - start);
    readSync(fd, buffer, 0, buffer.length, start);
    const end = buffer.lastIndexOf(0x0a) + 1;
    const first = start === 0 ? 0 : buffer.indexOf(0x0a) + 1;
    const lines = buffer.toString('utf8', first, Math.max(first, end)).split('\n').filter(Boolean);
    return {
      records: lines.map(parseRecord).filter((record) => record !== null),
      torn: buffer.length - end,
    };
  };

  /** Only after the lines it names were synced, so that after a power cut it never names more than there is. */
  const keepHead = () => {
    try {
      writeSync(headFd, Buffer.from(JSON.stringify(head).padEnd(HEAD_BYTES)), 0, HEAD_BYTES, 0);
    } catch {
      // The head only serves to notice a shortened file; without room for it the chain itself still verifies.
    }
  };

  /**
   * Takes up what another process added: the command line records an import while the app starts, or after. HAZARD: only where it follows
   * the last record known here. What is shorter or other than that was changed, and stays a break that `verifyJournal` finds. Half a
   * line of a process that died is cut off, or the next would be none either. Tells the size, and how much was cut.
   */
  const takeUpOthers = (): { size: number; cut: number } => {
    const size = fstatSync(fd).size;
    if (size <= knownSize) return { size, cut: 0 };
    const { records, torn } = readTail(TAIL_BYTES);
    const from = records.findIndex(({ seq, hash }) => seq === head.seq && hash === head.hash);
    const isStart = head.seq === 0 && records[0]?.prev === GENESIS;
    const last = from >= 0 || isStart ? records.at(-1) : undefined;
    if (last) head = { seq: last.seq, hash: last.hash };
    if (torn > 0) ftruncateSync(fd, size - torn);
    return { size: size - torn, cut: torn };
  };

  const write = (events: readonly JournalEvent[]): boolean => {
    if (isClosed) return false;
    const { size: before, cut } = takeUpOthers();
    let next = head;
    let text = '';
    for (const { event, control = '', by = '', details = {} } of cut > 0
      ? [mended(cut), ...events]
      : events) {
      const line = {
        seq: next.seq + 1,
        at: new Date(deps.now()).toISOString(),
        monotonic: Math.round(deps.monotonic()),
        event,
        control,
        by,
        details,
        prev: next.hash,
      };
      const hash = hashOf(line);
      text += `${JSON.stringify({ ...line, hash })}\n`;
      next = { seq: line.seq, hash };
    }
    try {
      const bytes = Buffer.from(text);
      if (writeSync(fd, bytes) !== bytes.length) throw new Error('short write');
      knownSize = before + bytes.length;
    } catch {
      try {
        ftruncateSync(fd, before);
      } catch {
        // A torn end is cut off before the next record.
      }
      return false;
    }
    head = next;
    return true;
  };

  const syncSoon = (): Promise<void> => {
    isDirty = true;
    syncing ??= (async () => {
      while (isDirty && !isClosed) {
        isDirty = false;
        await new Promise<void>((resolve) => fdatasync(fd, () => resolve()));
      }
      syncing = null;
      if (!isClosed) keepHead();
    })();
    return syncing;
  };

  const opened = readTail(TAIL_BYTES);
  const last = opened.records.at(-1);
  if (last) head = { seq: last.seq, hash: last.hash };
  knownSize = fstatSync(fd).size - opened.torn;
  const journal: Journal = {
    append(event) {
      try {
        if (!write([event])) return false;
        fdatasyncSync(fd);
        keepHead();
        return true;
      } catch {
        return false;
      }
    },
    appendSoon(events) {
      if (events.length === 0) return true;
      try {
        const isWritten = write(events);
        void syncSoon();
        return isWritten;
      } catch {
        return false;
      }
    },
    async flush() {
      await syncing;
    },
    tail: (bytes = 256 * 1024) => readTail(bytes).records,
    close() {
      if (isClosed) return;
      isClosed = true;
      try {
        fdatasyncSync(fd);
        keepHead();
      } finally {
        closeSync(fd);
        closeSync(headFd);
      }
    },
  };
  if (opened.torn > 0) {
    ftruncateSync(fd, knownSize);
    journal.append(mended(opened.torn));
  }
  return journal;
}

export type JournalCheck = {
  readonly isWhole: boolean;
  readonly records: number;
  /** The line, counted from 1, from which on the chain is broken; null when it is whole. */
  readonly brokenAt: number | null;
  readonly problem: string;
};

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

/** Whether the line holds exactly the bytes that are written for this record: nothing that reads the same may pass for it. */
function isAsWritten(record: JournalRecord, bytes: Buffer): boolean {
  return isTrue(record) && Buffer.from(JSON.stringify(record)).equals(bytes);
}

/** Checks every record's hash, the chain between them, and that none is missing at the end. Reads as a stream. */
export async function verifyJournal(path: string, headPath: string): Promise<JournalCheck> {
  let line = 0;
  let prev = GENESIS;
  let seq = 0;
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
      if (!record || !isEnded) return broken(`Line ${line} is not a record.`);
      if (record.seq !== seq + 1)
        return broken(`Line ${line} has number ${record.seq}, ${seq + 1} was expected.`);
      if (record.prev !== prev) return broken(`Line ${line} does not follow the record before it.`);
      if (!isAsWritten(record, bytes)) return broken(`Line ${line} was changed after it was written.`);
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
