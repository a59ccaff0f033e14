import { setTimeout as pause } from 'node:timers/promises';
import { GateClosed } from '../../src-main/core/connector.ts';
import { createHttp } from '../../src-main/publisher/http.ts';

/*
 * Sends one request to the address it is given, as the publisher does, after the memory was cleared in between: its gate lets it begin and
 * closes in the step in which the first byte is about to be written. Prints what became of it.
 */
let asked = 0;
const http = createHttp({
  gate: () => (++asked === 1 ? { allow: true } : { allow: false, why: 'closed at the wire' }),
  signal: new AbortController().signal,
  redact: [],
});
await pause(50);
for (let round = 0; round < 5; round += 1) globalThis.gc?.();
try {
  await http.send(process.argv[2] ?? '', { method: 'POST', body: 'in public' });
  process.stdout.write('sent\n');
} catch (error) {
  process.stdout.write(`${error instanceof GateClosed ? error.message : String(error)}\n`);
}
