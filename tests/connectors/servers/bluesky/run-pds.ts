import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stayOnLoopback } from './loopback-only.ts';

/*
 * A Bluesky server (PDS) with a directory of identities (PLC) in memory, as a process of its own: `run-pds.ts <installed folder>`.
 * Prints one line of JSON, `{url, jwtSecret, serviceDid}`, once it answers. Ends, and removes what it kept, when its standard input
 * does: it never outlives the tests that started it.
 */

type Server = { start(): Promise<unknown>; destroy(): Promise<unknown> };
type Plc = { Database: { mock(): unknown }; PlcServer: { create(options: unknown): Server } };
type Pds = { PDS: { fromEnv(environment: unknown): Promise<Server> } };

stayOnLoopback();
process.env.LOG_ENABLED = 'false';
const folder = mkdtempSync(join(tmpdir(), 'all-stop-pds-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.stdin.on('end', () => process.exit(0)).resume();

const require = createRequire(join(process.argv[2] ?? '', 'package.json'));
const load = (name: string): Promise<unknown> => import(pathToFileURL(require.resolve(name)).href);
const [plc, pds] = (await Promise.all([load('@did-plc/server'), load('@atproto/pds')])) as [Plc, Pds];

const [plcPort, pdsPort] = [await freePort(), await freePort()];
await plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort }).start();

const jwtSecret = randomBytes(16).toString('hex');
const server = await pds.PDS.fromEnv({
  devMode: true,
  port: pdsPort,
  hostname: 'localhost',
  dataDirectory: folder,
  blobstoreDiskLocation: join(folder, 'blobs'),
  didPlcUrl: `http://localhost:${plcPort}`,
  adminPassword: randomBytes(16).toString('hex'),
  jwtSecret,
  // Any number of 32 bytes that is not absurdly close to the order of the curve is a key.
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: true,
});
await server.start();
process.stdout.write(
  `${JSON.stringify({ url: `http://localhost:${pdsPort}`, jwtSecret, serviceDid: 'did:web:localhost' })}\n`,
);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
