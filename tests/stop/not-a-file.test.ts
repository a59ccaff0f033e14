import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

/** Put where a file of the stop was: opening a pipe for reading would wait for ever. */
const impostors = {
  'a pipe': (path: string) => execFileSync('mkfifo', [path]),
  'a folder': (path: string) => mkdirSync(path),
};

describe.skipIf(process.platform === 'win32')('what is no file where a file of the stop was', () => {
  test.each(
    Object.entries(impostors).flatMap(([what, put]) =>
      ['permit', 'latch', 'stops/brand-9.json'].map((name) => ({ what, put, name })),
    ),
  )('$what as $name stops, and the stop waits for nothing', ({ put, name }) => {
    const dir = tempDir();
    const { stop } = createStopFixture(dir);
    stop.open();
    stop.start('Zoé Martin');
    mkdirSync(join(dir, 'stops'), { recursive: true });
    rmSync(join(dir, name), { force: true });
    put(join(dir, name));
    stop.checkFiles();
    expect(stop.gate.isOpen()).toBe(false);
    const again = createStopFixture(dir);
    expect(again.stop.open().state).not.toBe('publishing');
  });
});
