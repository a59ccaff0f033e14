import { closeSync, globSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngineRig, until } from '../support/engine-rig.ts';
import { startEngineServer } from '../support/engine-server.ts';
import { createRandom, createTraffic } from '../support/engine-traffic.ts';

/** What the accounts' secret is; nothing else in any of these processes spells it. */
const CANARY = ['canary', 'q7Xw2LmV9tRz', 'secret'].join('-');
const CHUNK = 1 << 20;

/** Whether the text stands anywhere in the memory of a process of ours. Throws where that may not be read. */
function isInMemory(pid: number, text: string): boolean {
  const needle = Buffer.from(text);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const bytes = Buffer.alloc(CHUNK + needle.length);
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = '', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/u.exec(line) ?? [];
      if (!rights.startsWith('rw')) continue;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK) {
        try {
          const read = readSync(memory, bytes, 0, Math.min(bytes.length, end - at), at);
          if (bytes.subarray(0, read).includes(needle)) return true;
        } catch {
          // A page that is not there.
        }
      }
    }
  } finally {
    closeSync(memory);
  }
  return false;
}

const filesWith = (folder: string, text: string) =>
  globSync('**/*', { cwd: folder }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });

test.skipIf(process.platform !== 'linux')(
  'the secret of an account is in the publisher while it publishes, in no file ever, and after a stop in no process, also not after a restart',
  { timeout: 90_000 },
  async () => {
    const server = await startEngineServer(() => ({ how: 'yes', afterMs: 20 }));
    onTestFinished(() => server.close());
    const rig = createEngineRig();
    onTestFinished(() => rig.close());
    rig.start();
    await rig.ready();
    const traffic = await createTraffic(rig, server, createRandom(3), undefined, CANARY);
    // Who seals a secret knows it: the life that is looked at is the next one.
    await rig.kill();
    rig.start();
    await rig.ready();
    expect(await rig.ask('start', null)).toBe('');
    await traffic.topUp(6_000, 60);
    await until('posts are out', 20_000, () => server.arrivals.length >= 5);
    const [publisher = 0] = rig.publishers();
    expect(isInMemory(publisher, CANARY), 'the publisher signs with it').toBe(true);
    expect(isInMemory(rig.pid(), CANARY), 'main, publishing').toBe(false);
    await rig.ask('engage', { scope: { kind: 'everything' }, control: 'shortcut' });
    await until('the publisher is dead', 5_000, () => rig.publishers().length === 0);
    expect(isInMemory(rig.pid(), CANARY), 'main, stopped').toBe(false);
    expect(filesWith(rig.dataDir, CANARY)).toEqual([]);
    await rig.kill();
    rig.start();
    expect((await rig.ready()).state).toBe('stopped');
    await until('the queue was looked at', 20_000, async () => {
      return (await rig.ask('posts', { states: ['missed'] })).length > 0;
    });
    expect(rig.publishers()).toEqual([]);
    expect(isInMemory(rig.pid(), CANARY), 'main, restarted').toBe(false);
    expect(filesWith(rig.dataDir, CANARY)).toEqual([]);
  },
);
