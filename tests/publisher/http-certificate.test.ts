import { createServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { NoAnswer } from '../../src-main/core/connector.ts';
import { createHttp } from '../../src-main/publisher/http.ts';

/** A key and a certificate made for this test alone, as the network of a café would show one: signed by nobody. */
const KEY = [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgydn8c1oevWWJuWzK',
  'tb8LZVz8+bI5nZ8xhKMC3xwgYuihRANCAAQlP6PEn/R0fVQntjTsLacpoVroCFpV',
  'bk+HIxBP/NB+/n84ocXLh1YI6YTM48ndzebD6WoZpcmYA6rXfbI5Txtd',
];
const CERTIFICATE = [
  'MIIBgzCCASmgAwIBAgIUYme6e78S8phnN/fnsqmlkaenWWEwCgYIKoZIzj0EAwIw',
  'FzEVMBMGA1UEAwwMY2FmZS5pbnZhbGlkMB4XDTI2MTEyMzEzMjkxMFoXDTM2MTEy',
  'MDEzMjkxMFowFzEVMBMGA1UEAwwMY2FmZS5pbnZhbGlkMFkwEwYHKoZIzj0CAQYI',
  'KoZIzj0DAQcDQgAEJT+jxJ/0dH1UJ7Y07C2nKaFa6AhaVW5PhyMQT/zQfv5/OKHF',
  'y4dWCOmEzOPJ3c3mw+lqGaXJmAOq132yOU8bXaNTMFEwHQYDVR0OBBYEFB1UHDWv',
  '3zt59zkiS0rn1ON2Eg49MB8GA1UdIwQYMBaAFB1UHDWv3zt59zkiS0rn1ON2Eg49',
  'MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgIBFKIPo9BY3jDhs+',
  'YJnuHVXXn2vnChVZwyQ9HY2aQzoCIQDegOd6Yag3zQ9wG2GX864qIeU8+qrsSns/',
  'bQeRqkcrcA==',
];
const pem = (what: string, lines: readonly string[]) =>
  `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----\n`;

// In a file of its own: it must be the first request of its process, before anything is known of how the wire is watched.
test('a certificate that is refused at the very first request certainly sent nothing', async () => {
  let requests = 0;
  const server = createServer(
    { key: pem('PRIVATE KEY', KEY), cert: pem('CERTIFICATE', CERTIFICATE) },
    (_, answer) => {
      requests += 1;
      answer.end();
    },
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const http = createHttp({
    gate: () => ({ allow: true }),
    signal: new AbortController().signal,
    redact: [],
  });
  const error = await http.send(`https://127.0.0.1:${port}/`, { method: 'POST', body: 'x' }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NoAnswer);
  expect((error as NoAnswer).sent).toBe(false);
  expect(requests).toBe(0);
});
