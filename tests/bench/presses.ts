import { type ChildProcess, fork } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newKeyPair } from '../../src-main/secrets/seal.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { bundleProcess } from '../support/bundle-process.ts';
import { percentile, thousands } from './figures.ts';
import type { FromPressEngine, Press, PressTask } from './parts/press-engine.ts';
import { openReceiver, type Receiver } from './parts/receiver.ts';

/*
 * The whole engine with its publisher's process and a network on the loopback: post, press, release, and so on, thousands of times, on
 * machines that are busy with something else. The two minutes of each countdown pass on a clock that is handed in.
 */

const ANSWER_MS = 20;
const CAP = 4;
/** What the design promises, in milliseconds: at p99.9 and at most. */
const AIMS = {
  quiet: { name: 'no new request', share: 100, most: 250 },
  durable: { name: 'durable', share: 250, most: Number.POSITIVE_INFINITY },
  dead: { name: 'all aborted or dead', share: 500, most: 1_000 },
};

type Profile = {
  readonly name: string;
  readonly isCpuBusy: boolean;
  readonly isDiskBusy: boolean;
  readonly pending: number;
  /** Of all presses. */
  readonly share: number;
  /** Engines beside each other, each with a folder of its own. */
  readonly lanes: number;
};
const PROFILES: readonly Profile[] = [
  { name: 'nothing else', isCpuBusy: false, isDiskBusy: false, pending: 0, share: 0.2, lanes: 1 },
  { name: 'every core busy', isCpuBusy: true, isDiskBusy: false, pending: 0, share: 0.25, lanes: 2 },
  { name: 'disk busy', isCpuBusy: false, isDiskBusy: true, pending: 0, share: 0.2, lanes: 2 },
  { name: 'both busy', isCpuBusy: true, isDiskBusy: true, pending: 0, share: 0.25, lanes: 2 },
  {
    name: '1,000,000 pending',
    isCpuBusy: false,
    isDiskBusy: false,
    pending: 1_000_000,
    share: 0.1,
    lanes: 1,
  },
];

/** A press, and what the network and the journal say of it. */
type Seen = Press & {
  /** From the press to the last request that arrived before the release; 0 when none did. */
  readonly quiet: number;
  readonly arrivedAfter: number;
  /** Of these: not named by the stop as in flight, or not said to be published or unconfirmed in the journal. */
  readonly unexplained: number;
};
type Found = {
  readonly profile: Profile;
  readonly presses: readonly Seen[];
  readonly twice: number;
  /** Of the machine over the last minute, with all that others do on it. */
  readonly load: number;
};

/** Each process as one file, which starts four times as fast. */
type Bundles = {
  readonly engine: string;
  readonly publisher: string;
  /** Loaded before both of them: the clock that is handed in. */
  readonly clock: string;
  readonly compiled: string;
};

/** Presses `count` times in all, over all profiles. Returns the table. */
export async function measurePresses(
  folder: string,
  count: number,
  say: (what: string) => void,
): Promise<string> {
  const bundles: Bundles = {
    engine: await bundleOf(folder, './parts/press-engine.ts'),
    publisher: await bundleOf(folder, '../../src-main/publisher/main.ts'),
    clock: await bundleOf(folder, '../support/engine-clock.ts'),
    compiled: join(folder, 'compiled'),
  };
  const begun = performance.now();
  const found: Found[] = [];
  for (const profile of PROFILES) {
    const presses = Math.max(profile.lanes, Math.round(count * profile.share));
    say(`${presses} presses: ${profile.name}`);
    found.push(await measureProfile(folder, bundles, profile, presses, say));
  }
  return writeTable(found, (performance.now() - begun) / 60_000);
}

async function bundleOf(folder: string, path: string): Promise<string> {
  const to = await mkdtemp(join(folder, 'bundle-'));
  return bundleProcess(fileURLToPath(new URL(path, import.meta.url)), to);
}

async function measureProfile(
  folder: string,
  bundles: Bundles,
  profile: Profile,
  presses: number,
  say: (what: string) => void,
): Promise<Found> {
  const busy = startBusy(folder, profile);
  try {
    const each = Math.ceil(presses / profile.lanes);
    const lanes = await Promise.all(
      Array.from({ length: profile.lanes }, (_, lane) =>
        runLane(folder, bundles, { profile, presses: each, seed: lane + 1 }, say),
      ),
    );
    return {
      profile,
      presses: lanes.flatMap((lane) => lane.presses),
      twice: lanes.reduce((sum, lane) => sum + lane.twice, 0),
      load: loadavg()[0] ?? 0,
    };
  } finally {
    await Promise.all(busy.map(end));
  }
}

function startBusy(folder: string, { isCpuBusy, isDiskBusy }: Profile): ChildProcess[] {
  const path = fileURLToPath(new URL('parts/busy.ts', import.meta.url));
  const start = (args: readonly string[]) =>
    fork(path, args, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return [
    ...(isCpuBusy ? Array.from({ length: availableParallelism() }, () => start([])) : []),
    ...(isDiskBusy ? [start([join(folder, 'busy')])] : []),
  ];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function runLane(
  folder: string,
  bundles: Bundles,
  { profile, presses, seed }: { profile: Profile; presses: number; seed: number },
  say: (what: string) => void,
): Promise<{ presses: Seen[]; twice: number }> {
  const dir = await mkdtemp(join(folder, 'lane-'));
  const receiver = await openReceiver(ANSWER_MS);
  const keys = newKeyPair();
  const task: PressTask = {
    dataDir: join(dir, 'data'),
    clockPath: join(dir, 'clock'),
    publisher: bundles.publisher,
    url: receiver.url,
    ...keys,
    presses,
    pending: profile.pending,
    seed,
  };
  await mkdir(task.dataDir);
  await writeFile(task.clockPath, Buffer.alloc(16));
  const child = fork(bundles.engine, [JSON.stringify(task)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', bundles.clock],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ALLSTOP_TEST_CLOCK: task.clockPath, NODE_COMPILE_CACHE: bundles.compiled },
  });
  try {
    const done: Press[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`the engine ended with ${code ?? signal}`)));
      child.on('message', (raw) => {
        const message = raw as FromPressEngine;
        if (message.kind === 'done') resolve();
        else if (message.kind === 'failed') reject(new Error(message.message));
        else if (done.push(message.press) % 250 === 0) say(`${profile.name}: ${done.length} of ${presses}`);
      });
    });
    return {
      presses: compare(done, receiver, await readJournal(stopPaths(task.dataDir).journal)),
      twice: countTwice(receiver),
    };
  } finally {
    await end(child);
    receiver.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Journal = {
  /** What each stop names as in flight. */
  readonly inFlight: ReadonlyMap<string, ReadonlySet<number>>;
  /** The key of every attempt, and what was last said of its post. */
  readonly keys: ReadonlySet<string>;
  readonly said: ReadonlyMap<number, string>;
};

async function readJournal(path: string): Promise<Journal> {
  const inFlight = new Map<string, ReadonlySet<number>>();
  const keys = new Set<string>();
  const said = new Map<number, string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { event, details } = JSON.parse(line) as {
      readonly event: string;
      readonly details: { stop?: string; inFlight?: number[]; post?: number; key?: string };
    };
    if (event === 'stop.engaged') inFlight.set(details.stop ?? '', new Set(details.inFlight));
    else if (event === 'post.attempt') keys.add(details.key ?? '');
    else if (event.startsWith('post.') && details.post !== undefined) said.set(details.post, event);
  }
  return { inFlight, keys, said };
}

function compare(presses: readonly Press[], { arrivals }: Receiver, journal: Journal): Seen[] {
  let next = 0;
  return presses.map((press) => {
    while (next < arrivals.length && (arrivals[next]?.at ?? 0) <= press.at) next += 1;
    const late = [];
    for (let index = next; index < arrivals.length; index += 1) {
      const arrival = arrivals[index];
      if (!arrival || arrival.at > press.over) break;
      late.push(arrival);
    }
    const isExplained = ({ post, key }: { post: number; key: string }) =>
      journal.inFlight.get(press.stop)?.has(post) &&
      journal.keys.has(key) &&
      ['post.published', 'post.unconfirmed'].includes(journal.said.get(post) ?? '');
    return {
      ...press,
      quiet: Math.max(0, (late.at(-1)?.at ?? 0) - press.at),
      arrivedAfter: late.length,
      unexplained: late.filter((arrival) => !isExplained(arrival)).length,
    };
  });
}

function countTwice({ arrivals }: Receiver): number {
  return arrivals.length - new Set(arrivals.map(({ post }) => post)).size;
}

function writeTable(found: readonly Found[], minutes: number): string {
  const columns = {
    quiet: ({ quiet }: Seen) => quiet,
    durable: ({ returned, at }: Seen) => returned - at,
    bareDisk: ({ bareDisk }: Seen) => bareDisk,
    confirmed: ({ confirmed, at }: Seen) => confirmed - at,
    dead: ({ dead, at }: Seen) => dead - at,
  };
  const all = found.flatMap(({ presses }) => presses);
  const cells = (values: readonly number[]) =>
    [percentile(values, 0.5), percentile(values, 0.99), percentile(values, 0.999), Math.max(...values)]
      .map((value) => value.toFixed(value < 10 ? 1 : 0))
      .join(' / ');
  const rowOf = (name: string, load: string, presses: readonly Seen[]) =>
    `| ${name} | ${load} | ${thousands(presses.length)} | ${Object.values(columns)
      .map((of) => cells(presses.map(of)))
      .join(' | ')} | ${presses.reduce((sum, each) => sum + each.arrivedAfter, 0)} | ${Math.max(
      ...presses.map((each) => each.arrivedAfter),
    )} |`;
  const judged = (['quiet', 'durable', 'dead'] as const).flatMap((which) => {
    const aim = AIMS[which];
    return found.map(({ profile, presses }) => {
      const values = presses.map(columns[which]);
      const isMet = percentile(values, 0.999) <= aim.share && Math.max(...values) <= aim.most;
      return isMet ? null : `${aim.name}, ${profile.name}`;
    });
  });
  const missed = judged.filter((each) => each !== null);
  const count = (is: (press: Seen) => boolean) => all.filter(is).length;
  return [
    '# Presses on a busy machine',
    '',
    `Written by \`npm run bench -- --presses N --keep\`, ${new Date().toISOString().slice(0, 10)}: ${thousands(all.length)} presses in ${minutes.toFixed(0)} minutes. ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${platform()} ${release()}, Node ${process.versions.node}.`,
    '',
    'Each press stops the whole engine while it publishes over HTTP, four posts at a time, through a publisher in a process of its own; then it is released, two minutes pass on a clock that is handed in, and a new publisher sends. “No new request” ends with the last request whose head the receiving server met after the press, on its own clock, also one that had long left; the server, the engine and the publisher share the cores with what keeps them busy. “Bare disk” is what the same writes and syncs take with nothing of All Stop around them, once for each press. “Load” is the load average of the machine at the end of the row, with whatever else ran on it.',
    '',
    'Milliseconds: p50 / p99 / p99.9 / most.',
    '',
    '| machine | load | presses | no new request | durable | bare disk | confirmed | publisher dead | requests after a press | most after one |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...found.map(({ profile, load, presses }) => rowOf(profile.name, load.toFixed(1), presses)),
    rowOf('all', '', all),
    '',
    `- Aims: ${Object.values(AIMS)
      .map(
        ({ name, share, most }) =>
          `${name} ≤ ${share} at p99.9${most < Number.POSITIVE_INFINITY ? `, ${thousands(most)} at most` : ''}`,
      )
      .join('; ')}. Missed: ${missed.length === 0 ? 'none' : missed.join('; ')}.`,
    `- Posts that got out after a press: at most ${Math.max(...all.map((each) => each.arrivedAfter))} of the ${CAP} in flight; ${all.reduce((sum, each) => sum + each.unexplained, 0)} that the stop did not name as in flight or the journal does not say to be published or unconfirmed.`,
    `- Not durable: ${count((press) => !press.isDurable)}. Not confirmed: ${count((press) => !press.isConfirmed)}. Posts sent twice: ${found.reduce((sum, { twice }) => sum + twice, 0)}.`,
    '',
  ].join('\n');
}
