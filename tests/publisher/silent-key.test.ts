import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { NO_KEY } from '../../src-main/publisher/opened-secrets.ts';
import type { FromPublisher, ToPublisher } from '../../src-main/publisher/protocol.ts';
import { accountContext, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import { tempDir } from '../support/temp-dir.ts';

test('a publisher that was told to be silent no longer has what opens the sign-ins', async () => {
  const keys = newKeyPair();
  const child = spawnNodePublisher(resolve('src-main/publisher/main.ts'));
  onTestFinished(() => child.kill());
  const heard: FromPublisher[] = [];
  child.onMessage((message) => heard.push(message));
  const sealed = sealFields(keys.publicKey, accountContext(1), { secret: 'a signing secret' });
  const order = (call: number): ToPublisher => ({
    type: 'send',
    call,
    account: {
      id: 1,
      name: 'a',
      brand: 'b',
      network: 'webhook',
      settings: { url: 'http://127.0.0.1:9/' },
      sealed,
    },
    place: { accountId: 1, brandId: 1, market: '', network: 'webhook' },
    request: { content: { parts: ['x'], link: '', media: [] }, key: 'k1' } as never,
    notAfter: 0,
  });
  const where = { dataDir: tempDir(), host: 'here' };
  child.post({ type: 'arm', where, epoch: 1, cap: 1, key: keys.privateKey });
  child.post(order(1));
  child.post({ type: 'silence' });
  child.post(order(2));
  const outcomeOf = (call: number) =>
    heard.flatMap((said) => (said.type === 'outcome' && said.call === call ? [said.outcome] : []))[0];
  await expect.poll(() => outcomeOf(2), { timeout: 20_000 }).toEqual({ kind: 'not-sent', detail: NO_KEY });
  expect(outcomeOf(1)).toMatchObject({ kind: 'not-sent' });
  expect(outcomeOf(1)).not.toEqual({ kind: 'not-sent', detail: NO_KEY });
});
