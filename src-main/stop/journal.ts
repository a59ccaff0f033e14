import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

export type JournalValue = string | number | boolean | null | readonly string[] | readonly number[];

/**
 * What is recorded. `details` never holds a secret. It holds the first words of posts that were sent or that a stop kept back, because a
 * client is told of them from the journal alone: the file is for its owner only.
 */
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
  /**
   * Back from the newest, only the events named, from the last `mostBytes`: what is looked for may lie behind many long lines. Yields null
   * after each block that was read, so that whoever reads far can let others take their turn.
   */
  back(events: readonly string[], mostBytes: number): Iterable<JournalRecord | null>;
  close(): void;
};

/** How long the file with the head is. */
export const HEAD_BYTES = 256;
/** Longer than any record. */
const TAIL_BYTES = 1024 * 1024;
export const GENESIS = '0'.repeat(64);

export function hashOf(line: Omit<JournalRecord, 'hash'>): string {
  return createHash('sha256').update(JSON.stringify(line)).digest('hex');
}

const mended = (bytesCut: number): JournalEvent => ({ event: 'journal.mended', details: { bytesCut } });

const BLOCK_BYTES = 256 * 1024;
/** The name of the event stands in the first bytes of a line, after its number and its times. */
const NAME_WITHIN = 200;

/** The event of a line, without reading the whole of it; '' when it has none. */
export function eventOf(line: Buffer): string {
  return /"event":"([^"]*)"/u.exec(line.toString('utf8', 0, NAME_WITHIN))?.[1] ?? '';
}

/** See `Journal.back`. */
function* readBack(
  fd: number,
  events: readonly string[],
  mostBytes: number,
  isClosed: () => boolean,
): Generator<JournalRecord | null> {
  const wanted = new Set(events);
  let end = fstatSync(fd).size;
  const least = Math.max(0, end - mostBytes);
  let rest: Buffer = Buffer.alloc(0);
  const read = (line: Buffer): JournalRecord | null =>
    wanted.has(eventOf(line)) ? parseRecord(line.toString()) : null;
  while (end > least) {
    const start = Math.max(least, end - BLOCK_BYTES);
    const block = Buffer.alloc(end - start);
    readSync(fd, block, 0, block.length, start);
    const bytes = Buffer.concat([block, rest]);
    let to = bytes.length;
    for (let at = bytes.lastIndexOf(0x0a); at >= 0; at = to === 0 ? -1 : bytes.lastIndexOf(0x0a, to - 1)) {
      const record = read(bytes.subarray(at + 1, to));
      to = at;
      if (record) yield record;
    }
    rest = bytes.subarray(0, to);
    end = start;
    yield null;
    // It may have been closed in a turn that was let to others.
    if (isClosed()) return;
  }
  const first = least === 0 ? read(rest) : null;
  if (first) yield first;
}

export function parseRecord(line: string): JournalRecord | null {
  try {
    const record = JSON.parse(line) as JournalRecord;
    return typeof record?.hash === 'string' && Number.isSafeInteger(record.seq) ? record : null;
  } catch {
    return null;
  }
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
    const { records, torn } = readTail(size - knownSize + TAIL_BYTES);
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
    back: (events, mostBytes) => readBack(fd, events, mostBytes, () => isClosed),
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
