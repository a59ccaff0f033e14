import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newKeyPair } from '../../../src-main/secrets/seal.ts';
import { findPublisher } from '../../../src-main/stop/publisher-pid.ts';
import { stopPaths } from '../../../src-main/stop/stop-files.ts';
import { answerPart, pause } from '../child.ts';
import { makeDesk, makePosts, openOrThrow } from '../fill.ts';
import type { FromEngine, ToEngine } from './engine-process.ts';
import { openReceiver, type Receiver } from './receiver.ts';

const ENGINE = fileURLToPath(new URL('engine-process.ts', import.meta.url));
const ANSWER_MS = 20;

export type KillTask = {
  readonly folder: string;
  readonly due: number;
  readonly cap: number;
  readonly stops: number;
  readonly crashes: number;
};
export type KillAnswer = {
  readonly stops: number;
  /** Posts the network saw after the restart, over all tries. */
  readonly startsAfterRestart: number;
  /** Tries after which the restarted engine did not say 'stopped'. */
  readonly notStopped: number;
  readonly crashes: readonly Crash[];
};
export type Crash = {
  readonly arrivedBefore: number;
  readonly lost: number;
  readonly twice: number;
  readonly unconfirmed: number;
  readonly inFlight: number;
};

/** The whole engine, its publisher and a network of our own, killed with SIGKILL and started again. */
await answerPart(async ({ folder, due, cap, stops, crashes }: KillTask): Promise<KillAnswer> => {
  const keys = newKeyPair();
  const receiver = await openReceiver(ANSWER_MS);
  const template = join(folder, 'template.sqlite');
  const storage = await openOrThrow(template);
  const accounts = await makeDesk(storage, { url: receiver.url, publicKey: keys.publicKey });
  await storage.close();

  const fresh = async (name: string) => {
    const dataDir = join(folder, name);
    await mkdir(dataDir, { recursive: true });
    const path = join(dataDir, 'queue.sqlite');
    await cp(template, path);
    const queue = await openOrThrow(path);
    const at = Date.now() - 100;
    await queue.posts.add(
      makePosts(accounts, { from: 0, to: due }, () => at, name),
      Date.now(),
    );
    await queue.close();
    receiver.arrivals.length = 0;
    return dataDir;
  };

  let startsAfterRestart = 0;
  let notStopped = 0;
  for (let number = 0; number < stops; number += 1) {
    const dataDir = await fresh(`stop-${number}`);
    const first = await startEngine(dataDir, keys.privateKey, cap);
    await arrivals(receiver, 1 + ((number * 37) % 200));
    first.say('press-and-die');
    await first.ended;
    await publisherGone(dataDir);
    const before = receiver.arrivals.length;
    const second = await startEngine(dataDir, keys.privateKey, cap);
    await pause(400);
    const { state } = await second.counts();
    if (state !== 'stopped') notStopped += 1;
    startsAfterRestart += receiver.arrivals.length - before;
    second.say('close');
    await second.ended;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
  const seen: Crash[] = [];
  for (let number = 0; number < crashes; number += 1) {
    const dataDir = await fresh(`crash-${number}`);
    seen.push(
      await crash(dataDir, receiver, keys.privateKey, { due, cap, at: 200 + ((number * 731) % 2_000) }),
    );
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
  receiver.close();
  return { stops, startsAfterRestart, notStopped, crashes: seen };
});

async function crash(
  dataDir: string,
  receiver: Receiver,
  key: string,
  { due, cap, at }: { readonly due: number; readonly cap: number; readonly at: number },
): Promise<Crash> {
  const first = await startEngine(dataDir, key, cap);
  await arrivals(receiver, at);
  const inFlight = receiver.open();
  first.kill();
  endPublisher(dataDir);
  await first.ended;
  await pause(100);
  const arrivedBefore = receiver.arrivals.length;

  const second = await startEngine(dataDir, key, cap);
  let counts = (await second.counts()).counts;
  const giveUp = Date.now() + 120_000;
  let quietRounds = 0;
  while (
    Date.now() < giveUp &&
    quietRounds < 6 &&
    ((counts.scheduled ?? 0) > 0 || (counts.publishing ?? 0) > 0)
  ) {
    // An account with an unconfirmed post waits for a person: what stays behind it is not lost, it is kept.
    const known = receiver.arrivals.length;
    await pause(500);
    counts = (await second.counts()).counts;
    quietRounds = receiver.arrivals.length === known ? quietRounds + 1 : 0;
  }
  second.say('close');
  await second.ended;

  const storage = await openOrThrow(join(dataDir, 'queue.sqlite'));
  const arrived = new Map<number, number>();
  for (const { post } of receiver.arrivals) arrived.set(post, (arrived.get(post) ?? 0) + 1);
  let lost = 0;
  let unconfirmed = 0;
  let kept = 0;
  for await (const posts of storage.posts.stream({})) {
    for (const post of posts) {
      kept += 1;
      if (post.state === 'unconfirmed') unconfirmed += 1;
      // Said to be out, and no network ever saw it.
      if (post.state === 'published' && !arrived.has(post.id)) lost += 1;
      // Out, and the queue would send it again.
      if (post.state === 'scheduled' && arrived.has(post.id)) lost += 1;
    }
  }
  await storage.close();
  return {
    arrivedBefore,
    lost: lost + (due - kept),
    twice: [...arrived.values()].filter((count) => count > 1).length,
    unconfirmed,
    inFlight,
  };
}

/** Waits until the network has seen so many. */
async function arrivals(receiver: Receiver, count: number): Promise<void> {
  const giveUp = Date.now() + 60_000;
  while (receiver.arrivals.length < count) {
    if (Date.now() > giveUp) throw new Error(`only ${receiver.arrivals.length} of ${count} posts arrived`);
    await pause(1);
  }
}

/** A publisher whose main is gone ends by itself; no bench leaves one behind. */
async function publisherGone(dataDir: string): Promise<void> {
  const giveUp = Date.now() + 5_000;
  while (findPublisher(stopPaths(dataDir).publisherPid) !== null) {
    if (Date.now() > giveUp) return endPublisher(dataDir);
    await pause(10);
  }
}

function endPublisher(dataDir: string): void {
  const found = findPublisher(stopPaths(dataDir).publisherPid);
  if (found !== null && found !== 'unknown') process.kill(found.pid, 'SIGKILL');
}

type EngineProcess = {
  readonly ended: Promise<void>;
  say(message: ToEngine): void;
  kill(): void;
  counts(): Promise<Extract<FromEngine, { kind: 'counts' }>>;
};

async function startEngine(dataDir: string, key: string, cap: number): Promise<EngineProcess> {
  const child: ChildProcess = fork(ENGINE, [dataDir, key, String(cap)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.removeListener('exit', end);
      resolve();
    });
  });
  const next = <Kind extends FromEngine['kind']>(kind: Kind) =>
    new Promise<Extract<FromEngine, { kind: Kind }>>((resolve, reject) => {
      const hear = (message: unknown) => {
        if ((message as FromEngine).kind !== kind) return;
        child.removeListener('message', hear);
        resolve(message as Extract<FromEngine, { kind: Kind }>);
      };
      child.on('message', hear);
      void ended.then(() => reject(new Error('the engine ended by itself')));
    });
  await next('ready');
  return {
    ended,
    say: (message) => void child.send(message),
    kill: () => void child.kill('SIGKILL'),
    counts() {
      const answer = next('counts');
      child.send('counts');
      return answer;
    },
  };
}
