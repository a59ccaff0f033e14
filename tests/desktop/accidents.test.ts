import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ACCIDENTS = JSON.stringify(resolve('src-main/desktop/accidents.ts'));

/** What a process says that has every accident there is, and then goes on. */
async function saidBy(log: string): Promise<string> {
  const script = `
    const { logAccidents } = await import(${ACCIDENTS});
    logAccidents(process, { error: ${log} });
    setTimeout(() => { throw new Error('in a timer'); }, 0);
    setTimeout(() => { throw 'no error at all'; }, 0);
    Promise.reject(new Error('forgotten'));
    Promise.reject(undefined);
    setTimeout(() => { throw Object.assign(new Error('no reader'), { code: 'EPIPE', syscall: 'write' }); }, 0);
    setTimeout(() => console.log('still here'), 100);
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  return stdout;
}

test('what nobody caught is written to the log, and the process goes on', async () => {
  const lines = (await saidBy('(event, error, facts) => console.log(event, facts.kind, error?.message)'))
    .trim()
    .split('\n');
  expect(lines.slice(0, -1).sort()).toEqual([
    'accident exception in a timer',
    'accident exception undefined',
    'accident rejection forgotten',
    'accident rejection undefined',
  ]);
  expect(lines.at(-1)).toBe('still here');
});

test('a log that cannot be written is no accident of its own', async () => {
  expect(await saidBy("() => { throw new Error('the disk is full'); }")).toBe('still here\n');
});
