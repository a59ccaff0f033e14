import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProcess } from '../support/bundle-process.ts';
import { tempDir } from '../support/temp-dir.ts';

test('the Node inside this Electron asks the gate at the wire also after its memory was cleared', async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const entry = await bundleProcess('tests/publisher/wire-process.ts', tempDir(), 'node18');
  const child = spawn(
    process.env.ALLSTOP_TEST_ELECTRON ?? '',
    ['--expose-gc', entry, `http://127.0.0.1:${port}/`],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await text(child.stdout)).toContain('closed at the wire');
  expect(requests).toBe(0);
});
