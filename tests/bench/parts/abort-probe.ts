import { writeFileSync } from 'node:fs';

/*
 * Loaded into the publisher's process before anything else: notes when calls are aborted, on the clock all processes share, and
 * writes it down right after them: the process is killed soon.
 */
const path = process.env.ALLSTOP_BENCH_ABORTS;
if (path && process.argv[1]?.endsWith('publisher/main.ts')) {
  const aborts: number[] = [];
  const abort = AbortController.prototype.abort;
  AbortController.prototype.abort = function (this: AbortController, reason?: unknown) {
    aborts.push(Number(process.hrtime.bigint()) / 1e6);
    if (aborts.length === 1) setImmediate(() => writeFileSync(path, JSON.stringify(aborts)));
    abort.call(this, reason);
  };
}
