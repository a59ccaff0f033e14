import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from './aims.ts';
import { runPart } from './child.ts';
import { measureDesk } from './desk/measure-desk.ts';
import { type Findings, noFindings, type SizeFindings } from './findings.ts';
import { type Options, readOptions } from './options.ts';
import type { AbortAnswer, AbortTask } from './parts/abort.ts';
import type { DispatchAnswer, DispatchTask } from './parts/dispatch.ts';
import type { FloorAnswer, FloorTask } from './parts/floor.ts';
import type { KillAnswer, KillTask } from './parts/kill.ts';
import type { LoadAnswer, LoadTask } from './parts/load.ts';
import type { PlainjobAnswer, PlainjobTask } from './parts/plainjob.ts';
import type { ReleaseAnswer, ReleaseTask } from './parts/release.ts';
import type { StartAnswer, StartTask } from './parts/start.ts';
import type { StopAnswer, StopTask } from './parts/stop.ts';
import type { StorageAnswer, StorageTask } from './parts/storage.ts';
import type { TimersAnswer, TimersTask } from './parts/timers.ts';
import { measurePresses } from './presses.ts';
import { writeReport } from './report.ts';

/*
 * What All Stop costs, beside what else could be used, measured in one run: `npm run bench`, or
 *   node tests/bench/run.ts [--quick] [--posts 10000,100000] [--runs 5] [--tries 50] [--kills 100] [--only stop,dispatch] [--keep]
 *   node tests/bench/run.ts --presses 10000 [--keep]
 *   node tests/bench/run.ts --desk 200000 [--runs 5] [--keep]
 * Prints tables; `--keep` also writes them to results.md. A missed aim is printed, it does not fail the run.
 */

const DUE_AT_ONCE = 5_000;
/** In flight at once where the cap is lifted. */
const LIFTED_CAP = 100;
/** Where a hundred thousand is compared. */
const FLOOR_ROWS = 100_000;
const SLOW_ABOVE = 100_000;

const PARTS = ['floor', 'load', 'peers', 'start', 'dispatch', 'stop', 'release', 'abort', 'kill', 'storage'];

const options = readOptions(process.argv.slice(2));
const unknown = options.only.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such part. Known: ${PARTS.join(' ')}`);

const folder = await mkdtemp(join(tmpdir(), 'all-stop-bench-'));
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => void rm(folder, { recursive: true, force: true }));
try {
  const { file, report } = await measureAsked();
  console.log(report);
  if (options.keeps) await writeFile(fileURLToPath(new URL(file, import.meta.url)), report);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function measureAsked(): Promise<{ file: string; report: string }> {
  if (options.presses !== null) {
    return { file: 'results-presses.md', report: await measurePresses(folder, options.presses, say) };
  }
  if (options.desk !== null) {
    const asked = { posts: options.desk, rounds: options.runs };
    return { file: 'results-desk.md', report: await measureDesk(folder, asked, say) };
  }
  return { file: 'results.md', report: await reportAll() };
}

async function reportAll(): Promise<string> {
  const findings = await measureAll(folder, options);
  return writeReport(findings, judge(findings), options);
}

function wants(part: string): boolean {
  return options.only.length === 0 || options.only.includes(part);
}

function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}

async function measureAll(folder: string, { sizes, runs, tries, kills }: Options): Promise<Findings> {
  const findings = noFindings(sizes);
  if (wants('floor')) {
    say('the floor');
    findings.floor = await runPart<FloorTask, FloorAnswer>('floor', {
      folder,
      rows: FLOOR_ROWS,
      tries: tries * 4,
    });
  }
  for (const size of findings.sizes) await measureSize(folder, size, { runs, tries });
  if (wants('start')) {
    say('cold starts');
    findings.start = await runPart<StartTask, StartAnswer>('start', {
      folder,
      queues: sizes.map((posts) => ({ posts, path: pathOf(folder, posts) })),
      tries: runs * 2,
    });
    for (const size of findings.sizes) {
      size.start = findings.start.sizes.find(({ posts }) => posts === size.posts) ?? null;
    }
  }
  if (wants('storage')) {
    for (const size of findings.sizes) {
      say(`single questions to ${size.posts.toLocaleString('en')}`);
      const task = { path: pathOf(folder, size.posts) };
      size.questions = await runPart<StorageTask, StorageAnswer>('storage', task);
    }
  }
  if (wants('abort')) {
    for (const cap of [4, LIFTED_CAP]) {
      say(`aborts of ${cap} calls`);
      const answer = await runPart<AbortTask, AbortAnswer>('abort', {
        folder: await sub('abort'),
        cap,
        tries: runs * 2,
      });
      findings.aborts = [...findings.aborts, answer];
    }
  }
  if (wants('kill')) {
    say(`${kills} stops and ${runs} crashes, with kill -9`);
    findings.kill = await runPart<KillTask, KillAnswer>('kill', {
      folder: await sub('kill'),
      due: DUE_AT_ONCE,
      cap: LIFTED_CAP,
      stops: kills,
      crashes: runs,
    });
  }
  return findings;

  function sub(name: string): Promise<string> {
    return mkdtemp(join(folder, `${name}-`));
  }
}

function pathOf(folder: string, posts: number): string {
  return join(folder, `queue-${posts}.sqlite`);
}

/** Everything that is done on one queue, in the order that leaves its pending posts as they are. */
async function measureSize(
  folder: string,
  size: SizeFindings,
  { runs, tries }: { readonly runs: number; readonly tries: number },
): Promise<void> {
  const { posts } = size;
  const label = posts.toLocaleString('en');
  const path = pathOf(folder, posts);
  if (wants('peers')) {
    for (let run = 0; run < (posts > SLOW_ABOVE ? Math.min(runs, 3) : runs); run += 1) {
      say(`peers at ${label}, run ${run + 1}`);
      const timers = await runPart<TimersTask, TimersAnswer>('timers', { posts, due: DUE_AT_ONCE });
      size.timers = [...size.timers, timers];
      const peer = await mkdtemp(join(folder, 'plainjob-'));
      const plainjob = await runPart<PlainjobTask, PlainjobAnswer>('plainjob', {
        folder: peer,
        posts,
        due: DUE_AT_ONCE,
      });
      size.plainjob = [...size.plainjob, plainjob];
      await rm(peer, { recursive: true, force: true });
    }
  }
  const onQueue = ['load', 'start', 'dispatch', 'stop', 'release', 'storage'].some(wants);
  if (!onQueue) return;
  for (let run = posts > SLOW_ABOVE || !wants('load') ? runs : 1; run <= runs; run += 1) {
    say(`loading ${label}`);
    await rm(path, { force: true });
    size.loads = [...size.loads, await runPart<LoadTask, LoadAnswer>('load', { path, posts })];
  }
  if (wants('dispatch')) {
    for (let run = 1; run <= runs; run += 1) {
      say(`${DUE_AT_ONCE} due at once among ${label}, run ${run}`);
      const task = { folder, path, due: DUE_AT_ONCE, cap: LIFTED_CAP, series: `run ${run}` };
      size.dispatches = [...size.dispatches, await runPart<DispatchTask, DispatchAnswer>('dispatch', task)];
    }
  }
  if (wants('stop')) {
    say(`stops among ${label}`);
    size.stop = await runPart<StopTask, StopAnswer>('stop', { folder, path, tries });
  }
  if (wants('release')) {
    say(`a release among ${label}`);
    size.release = await runPart<ReleaseTask, ReleaseAnswer>('release', { folder, path });
  }
}
