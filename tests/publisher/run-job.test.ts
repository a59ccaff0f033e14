import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectorFor } from '../../src-main/connectors/index.ts';
import { type Connector, GateClosed } from '../../src-main/core/connector.ts';
import type { Job } from '../../src-main/publisher/protocol.ts';
import { runJob } from '../../src-main/publisher/run-job.ts';
import { startReceiver } from '../support/receiver.ts';
import { sampleContent, sampleRequest } from '../support/sample-content.ts';
import { tempDir } from '../support/temp-dir.ts';

test('a look-up, a check or a take-down makes nothing public, whatever its connector tries', async () => {
  const server = await startReceiver();
  onTestFinished(() => server.close());
  const practice = connectorFor('practice');
  if (!practice) throw new Error('no practice network');
  const refusals: unknown[] = [];
  let written = 0;
  async function tryToPublish(context: Parameters<Connector['publish']>[0]): Promise<void> {
    const refused = (error: unknown) => void refusals.push(error);
    await context.http.send(server.url, { method: 'POST', body: '{}' }).catch(refused);
    try {
      context.sendBy(() => {
        written += 1;
      });
    } catch (error) {
      refused(error);
    }
  }
  const connector: Connector = {
    ...practice,
    verify: (context) => tryToPublish(context).then(() => practice.verify(context)),
    find: (context) => tryToPublish(context).then(() => ({ kind: 'absent' })),
    remove: (context) => tryToPublish(context).then(() => ({ kind: 'removed' })),
  };
  const account = { id: 1, name: 'a', brand: 'b', network: 'practice', settings: {}, sealed: null };
  const jobs: Job[] = [
    { kind: 'verify', account, fields: {} },
    { kind: 'find', account, request: sampleRequest(sampleContent(['Out'])), refs: [] },
    { kind: 'remove', account, refs: [] },
  ];
  const renew = async () => ({});
  const where = { dataDir: join(tempDir(), 'data'), host: 'here' };
  for (const job of jobs) await runJob(job, { where, secrets: {}, connector, now: Date.now, renew });
  expect(refusals).toHaveLength(6);
  expect(refusals.every((refusal) => refusal instanceof GateClosed)).toBe(true);
  expect([written, server.seen.length]).toEqual([0, 0]);
});
