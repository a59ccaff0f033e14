import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POST_STATES, type PostState } from '../../src-main/core/post.ts';
import type { JournalRecord } from '../../src-main/stop/journal.ts';
import { verifyJournal } from '../../src-main/stop/journal-check.ts';
import type { StopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import type { Arrival } from './engine-server.ts';

/** A time in which nothing may arrive: of one brand, or of all with `brand` null. Milliseconds of `performance.now()`. */
export type Silence = { readonly brand: number | null; readonly from: number; readonly to: number };

export type AuditInput = {
  readonly paths: StopPaths;
  readonly arrivals: readonly Arrival[];
  /** The texts of all posts that were ever scheduled, each its own. */
  readonly texts: readonly string[];
  /** Settled by a person in the test, and how. */
  readonly byPerson: ReadonlyMap<number, PostState>;
  readonly silences: readonly Silence[];
};

export type Audit = {
  /** One sentence for every broken promise; empty when all hold. */
  readonly broken: readonly string[];
  readonly counts: Readonly<Record<PostState, number>>;
};

type Row = { readonly id: number; readonly state: PostState; readonly text: string; readonly keys: string[] };

/** Holds database, journal and the server's own log against each other while nothing runs. */
export async function auditEngine(input: AuditInput): Promise<Audit> {
  const broken: string[] = [];
  const { rows, counts } = await readRows(join(input.paths.dir, 'queue.sqlite'));
  const rowOf = new Map(rows.map((row) => [row.id, row]));

  const check = await verifyJournal(input.paths.journal, input.paths.journalHead);
  if (!check.isWhole) broken.push(`the journal is not whole: ${check.problem}`);
  const told = readTold(input.paths.journal);

  // Conservation: each post that was scheduled is there once, in one state, and the counts are of these rows.
  const texts = new Set(input.texts);
  if (rows.length !== texts.size) broken.push(`${texts.size} posts were scheduled, ${rows.length} are there`);
  for (const { text } of rows)
    if (!texts.delete(text)) broken.push(`a post is there twice or from nowhere: ${text}`);
  for (const text of texts) broken.push(`lost: ${text}`);
  for (const state of POST_STATES) {
    const found = rows.filter((row) => row.state === state).length;
    if (found !== counts[state]) broken.push(`${found} posts are ${state}, counted are ${counts[state]}`);
  }

  const taken = input.arrivals.filter((arrival) => arrival.taken);
  const takenKeys = new Map<string, number>();
  for (const { key } of taken) takenKeys.set(key, (takenKeys.get(key) ?? 0) + 1);
  for (const [key, times] of takenKeys) if (times > 1) broken.push(`${key} was received ${times} times`);
  const idOf = new Map(rows.flatMap((row) => row.keys.map((key) => [key, row.id] as const)));
  const received = new Set<number>();
  for (const { key, postId } of taken) {
    const id = idOf.get(key);
    if (id === undefined) {
      broken.push(`${key} was received and is nobody's`);
      continue;
    }
    if (postId !== null && postId !== id) broken.push(`${key} is of post ${id}, received as ${postId}`);
    if (received.has(id)) broken.push(`post ${id} was received twice`);
    received.add(id);
    const state = rowOf.get(id)?.state;
    if (state !== 'published' && state !== 'unconfirmed')
      broken.push(`post ${id} was received and is ${state}`);
    if (!told.attempts.has(key)) broken.push(`post ${id} was received without an attempt in the journal`);
  }

  for (const { id, state } of rows) {
    const last = told.last.get(id);
    const settled = input.byPerson.get(id);
    if (state === 'publishing') broken.push(`post ${id} is publishing although nothing runs`);
    if (state === 'published' && !received.has(id))
      broken.push(`post ${id} is published and was never received`);
    if (last === 'published' && !received.has(id))
      broken.push(`the journal has post ${id} published, the server not`);
    if (last === 'published' && state !== 'published')
      broken.push(`the journal has post ${id} published, it is ${state}`);
    if (state === 'published' && settled === undefined && last !== 'published')
      broken.push(`post ${id} is published, the journal says ${last}`);
    if ((state === 'unconfirmed' || settled !== undefined) && last !== 'unconfirmed')
      broken.push(`post ${id} was unconfirmed, the journal says ${last}`);
  }

  for (const { brand, from, to } of input.silences) {
    for (const arrival of input.arrivals) {
      if (arrival.at <= from || arrival.at >= to || (brand !== null && arrival.brand !== brand)) continue;
      broken.push(
        `received ${Math.round(arrival.at - from)} ms after the stop of ${brand === null ? 'everything' : `brand ${brand}`}`,
      );
    }
  }
  return { broken, counts };
}

async function readRows(path: string): Promise<{ rows: Row[]; counts: Audit['counts'] }> {
  const opened = await openStorage({ path, now: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const { posts, close } = opened.value;
  try {
    const rows: Row[] = [];
    for await (const chunk of posts.stream({}))
      for (const { id, state, content } of chunk)
        rows.push({ id, state, text: content.parts[0] ?? '', keys: [] });
    for (const row of rows) {
      const keys = (await posts.attempts(row.id)).map(({ key }) => key);
      row.keys.push(...new Set(keys));
    }
    return { rows, counts: await posts.counts() };
  } finally {
    await close();
  }
}

/** What the journal tells of posts: the keys of all attempts, and of each post the outcome told last. */
function readTold(path: string): { attempts: Set<string>; last: Map<number, string> } {
  const attempts = new Set<string>();
  const last = new Map<number, string>();
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const { event, details } = JSON.parse(line) as JournalRecord;
    const post = Number(details.post);
    if (event === 'post.attempt') {
      attempts.add(String(details.key));
      last.set(post, 'attempt');
    } else if (event.startsWith('post.')) last.set(post, event.slice('post.'.length));
  }
  return { attempts, last };
}
