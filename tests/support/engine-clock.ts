import { openSync, readSync } from 'node:fs';

/*
 * Loaded before everything else (`--import`) in the engine and the publisher of `engine-rig.ts`: both read how far their clocks
 * are off from one file, so that the test sets the clock of a machine and waits for no countdown.
 */
const path = process.env.ALLSTOP_TEST_CLOCK;
if (path) {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(16);
  const offset = (at: 0 | 8): number => {
    readSync(file, bytes, 0, 16, 0);
    return bytes.readDoubleLE(at);
  };
  const wall = Date.now;
  const monotonic = process.hrtime.bigint;
  Date.now = () => wall() + offset(0);
  process.hrtime.bigint = () => monotonic() + BigInt(Math.round(offset(8) * 1e6));
}
