import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSingleInstance } from '../../src-main/desktop/single-instance.ts';

type Listener = (event: unknown, argv: string[], cwd: string, data: unknown) => void;

function start(isLockFree: boolean, command: 'stop' | 'show' = 'show') {
  const seen = { stops: 0, shows: 0, exits: [] as (number | undefined)[], handedOn: [] as unknown[] };
  const listeners = new Set<Listener>();
  const instance = createSingleInstance({
    app: {
      requestSingleInstanceLock: (data) => {
        seen.handedOn.push(data);
        return isLockFree;
      },
      releaseSingleInstanceLock: () => {},
      exit: (code) => void seen.exits.push(code),
      on: (_event, listener) => listeners.add(listener),
      off: (_event, listener) => listeners.delete(listener),
    },
    command,
    onStop: () => {
      seen.stops += 1;
    },
    onShow: () => {
      seen.shows += 1;
    },
  });
  const tell = (argv: string[], data: unknown) => {
    for (const listener of listeners) listener({}, argv, '/', data);
  };
  return { instance, seen, tell, listeners };
}

test('the second instance hands on its command and leaves at once', () => {
  const { instance, seen, listeners } = start(false, 'stop');
  expect(instance.start()).toBe(false);
  expect(seen.handedOn).toEqual([{ command: 'stop' }]);
  expect(seen.exits).toEqual([0]);
  expect(listeners.size).toBe(0);
});

test('the first instance stops when told to, and shows itself otherwise', () => {
  const { instance, seen, tell } = start(true);
  expect(instance.start()).toBe(true);
  expect(instance.start()).toBe(true);
  tell([], { command: 'stop' });
  tell([], { command: 'show' });
  expect(seen).toMatchObject({ stops: 1, shows: 1, exits: [] });
});

test('whatever else arrives shows the window at most', () => {
  const { instance, seen, tell } = start(true);
  instance.start();
  fc.assert(
    fc.property(fc.array(fc.string()), fc.anything(), (argv, data) => {
      fc.pre((data as { command?: unknown } | null | undefined)?.command !== 'stop');
      const { stops } = seen;
      tell([...argv, '--stop', 'allstop://release'], data);
      return seen.stops === stops && seen.exits.length === 0;
    }),
    { numRuns: 2_000 },
  );
});

test('stopped, it no longer listens', () => {
  const { instance, listeners } = start(true);
  instance.start();
  instance.stop();
  instance.stop();
  expect(listeners.size).toBe(0);
});
