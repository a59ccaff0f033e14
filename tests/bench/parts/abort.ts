import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { newKeyPair } from '../../../src-main/secrets/seal.ts';
import { answerPart, pause } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';
import { makeDesk, makePosts, openOrThrow } from '../fill.ts';
import { createRig } from '../rig.ts';
import { openReceiver } from './receiver.ts';

const PROBE = fileURLToPath(new URL('abort-probe.ts', import.meta.url));

export type AbortTask = { readonly folder: string; readonly cap: number; readonly tries: number };
export type AbortAnswer = {
  readonly inFlight: number;
  /** Share of the calls in flight whose abort was given in the publisher before the press had its first durable record. */
  readonly beforeDurable: number;
  /** The same before the press returned. */
  readonly beforeReturn: number;
  /** The same before the stop was confirmed. */
  readonly beforeConfirmed: number;
  readonly firstAbort: Spread;
  readonly lastAbort: Spread;
  readonly durable: Spread;
  readonly returned: Spread;
  readonly confirmed: Spread;
  /** Calls whose connection the network still saw open 500 ms after the press. */
  readonly leftOpen: number;
};

/** Real calls of the real publisher to a network that never answers, aborted by a press. */
await answerPart(async ({ folder, cap, tries }: AbortTask): Promise<AbortAnswer> => {
  const clock = createSystemClock();
  const keys = newKeyPair();
  const receiver = await openReceiver(null);
  const storage = await openOrThrow(join(folder, 'abort.sqlite'));
  const accounts = await makeDesk(storage, { url: receiver.url, publicKey: keys.publicKey });
  const noted = join(folder, 'aborts.json');
  process.env.ALLSTOP_BENCH_ABORTS = noted;
  process.env.NODE_OPTIONS = `--import=${PROBE} --disable-warning=ExperimentalWarning`;

  const figures = {
    first: [] as number[],
    last: [] as number[],
    durable: [] as number[],
    returned: [] as number[],
  };
  const confirmed: number[] = [];
  const shares = { durable: [] as number[], returned: [] as number[], confirmed: [] as number[] };
  let leftOpen = 0;
  for (let number = 0; number < tries; number += 1) {
    await rm(noted, { force: true });
    const at = Date.now() - 100;
    // An account with an unconfirmed post sends nothing more: every try has accounts of its own.
    const mine = accounts.slice((number * cap) % accounts.length, ((number * cap) % accounts.length) + cap);
    await storage.posts.add(
      makePosts(mine, { from: 0, to: cap }, () => at, `try ${number}`),
      Date.now(),
    );
    const rig = createRig({
      dataDir: join(folder, 'abort'),
      storage,
      clock,
      cap,
      publisher: { key: keys.privateKey },
      onStart: () => {},
    });
    rig.scheduler.start();
    const giveUp = Date.now() + 20_000;
    while (receiver.open() < cap && Date.now() < giveUp) await pause(2);
    if (receiver.open() < cap) throw new Error(`only ${receiver.open()} of ${cap} calls are in flight`);
    await pause(50);
    const { stop, stamps } = rig.press();
    await rig.stop.settled(stop.id);
    const settledAt = clock.monotonic();
    while (!existsSync(noted) && Date.now() < giveUp) await pause(5);
    await pause(50);
    // Each call has a controller of the sender and one of the request: the first abort of a call is its abort.
    const aborts = (JSON.parse(await readFile(noted, 'utf8')) as number[]).filter(
      (time) => time >= stamps.called,
    );
    if (aborts.length < cap) throw new Error(`${aborts.length} aborts of ${cap} calls`);
    figures.first.push(Math.min(...aborts) - stamps.called);
    figures.last.push(Math.max(...aborts) - stamps.called);
    figures.durable.push(stamps.durable - stamps.called);
    figures.returned.push(stamps.returned - stamps.called);
    confirmed.push(settledAt - stamps.called);
    const before = (time: number) => aborts.filter((abort) => abort <= time).length / aborts.length;
    shares.durable.push(before(stamps.durable));
    shares.returned.push(before(stamps.returned));
    shares.confirmed.push(before(settledAt));
    await pause(400);
    leftOpen += receiver.open();
    await rig.close();
  }
  await storage.close();
  receiver.close();
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    inFlight: cap,
    beforeDurable: mean(shares.durable),
    beforeReturn: mean(shares.returned),
    beforeConfirmed: mean(shares.confirmed),
    firstAbort: spreadOf(figures.first),
    lastAbort: spreadOf(figures.last),
    durable: spreadOf(figures.durable),
    returned: spreadOf(figures.returned),
    confirmed: spreadOf(confirmed),
    leftOpen,
  };
});
