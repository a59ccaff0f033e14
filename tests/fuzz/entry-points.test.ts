import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src-main/control.ts';
import { readCommandLine } from '../../src-main/desktop/command-line.ts';
import { createSingleInstance } from '../../src-main/desktop/single-instance.ts';
import { HEADER, openDesk } from '../calendar/desk-fixture.ts';
import { type EngineHere, openEngine } from '../support/engine-here.ts';
import { createRandom, type Random } from '../support/engine-traffic.ts';
import { anyArguments, anyCell, anyInstanceData, anyLine, isStopLine } from './messages.ts';

/** ALLSTOP_SEED to have a run again. A hundred thousand messages in all. */
const SEED = Number(process.env.ALLSTOP_SEED ?? Math.floor(Math.random() * 1e9));
const ARGUMENT_LISTS = 36_000;
const INSTANCES = 38_000;
const SOCKET_LINES = 6_000;
const CALENDAR_ROWS = 20_000;
const ROWS_A_FILE = 400;

const EVERYTHING = { scope: { kind: 'everything' }, control: 'button', by: '', reason: '' } as const;

/** All that a release or a start could change. */
const standing = ({ engine, dataDir }: EngineHere) => ({
  ...engine.stop.status(),
  pressCount: 0,
  permit: existsSync(join(dataDir, 'permit')) ? readFileSync(join(dataDir, 'permit'), 'utf8') : '',
  latch: readFileSync(join(dataDir, 'latch'), 'utf8'),
});

async function openStopped(): Promise<EngineHere> {
  const here = await openEngine();
  here.engine.stop.start('Zoé');
  const stop = here.engine.stop.engage({ ...EVERYTHING, widenedFrom: '' });
  await here.engine.stop.settled(stop.id);
  return here;
}

test(`whatever the app is started with, it stops, or shows itself (seed ${SEED})`, () => {
  const random = createRandom(SEED);
  let stops = 0;
  for (let turn = 0; turn < ARGUMENT_LISTS; turn += 1) {
    const argv = anyArguments(random);
    const read = readCommandLine(argv, random.chance(0.2) ? { ALLSTOP_DATA_DIR: argv[0] } : {});
    expect(Object.keys(read).sort()).toEqual(['command', 'dataDir', 'language', 'startsHidden']);
    expect(read.command).toBe(argv.includes('--stop') ? 'stop' : 'show');
    if (read.command === 'stop') stops += 1;
  }
  expect(stops).toBeGreaterThan(ARGUMENT_LISTS / 100);
});

test(`whatever another instance hands on, the app stops, or shows itself (seed ${SEED})`, () => {
  const random = createRandom(SEED + 1);
  let hear: (event: unknown, argv: string[], folder: string, data: unknown) => void = () => {};
  const heard: string[] = [];
  const instance = createSingleInstance({
    app: {
      requestSingleInstanceLock: () => true,
      releaseSingleInstanceLock: () => {},
      exit: () => heard.push('exit'),
      on: (_event, listener) => {
        hear = listener;
      },
      off: () => {},
    },
    command: 'show',
    onStop: () => heard.push('stop'),
    onShow: () => heard.push('show'),
  });
  instance.start();
  for (let turn = 0; turn < INSTANCES; turn += 1) {
    const data = anyInstanceData(random);
    heard.length = 0;
    hear({}, anyArguments(random), '/', data);
    const isStop = (data as { command?: unknown } | null | undefined)?.command === 'stop';
    expect(heard).toEqual([isStop ? 'stop' : 'show']);
  }
});

test(`whatever is written to the socket, a stop stays and nothing but a stop is made (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  const random = createRandom(SEED + 2);
  const stopped = await openStopped();
  const before = standing(stopped);
  const { answered } = await writeToSocket(stopped, random, SOCKET_LINES / 2, () => true);
  expect(answered).toBeGreaterThan(SOCKET_LINES / 4);
  expect({ ...standing(stopped), latch: '', stops: [] }).toEqual({ ...before, latch: '', stops: [] });
  expect(standing(stopped)).toMatchObject({ state: 'stopped', permit: '' });
  expect(stopped.engine.stop.status().stops[0]?.id).toBe(before.stops[0]?.id);

  const armed = await openEngine();
  armed.engine.stop.start('Zoé');
  const whileArmed = standing(armed);
  await writeToSocket(armed, random, SOCKET_LINES / 2, (line) => !isStopLine(line));
  expect(standing(armed)).toEqual(whileArmed);
  expect(whileArmed.state).toBe('publishing');
  await writeToSocket(armed, random, 1, () => true, '{"verb":"stop"}\n');
  expect(armed.engine.stop.status().state).not.toBe('publishing');
  expect(standing(armed).permit).toBe('');
});

test(`whatever a calendar holds, it adds scheduled posts or nothing, and releases nothing (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  const random = createRandom(SEED + 3);
  const stopped = await openStopped();
  const before = standing(stopped);
  const desk = await openDesk();
  const accounts = (await desk.storage.accounts.list()).length;
  let added = 0;
  for (let file = 0; file < CALENDAR_ROWS / ROWS_A_FILE; file += 1) {
    // Half of the files are at least a table, so that what they hold is looked at row by row.
    const isTable = random.chance(0.5);
    const written = (cell: string) =>
      isTable ? `"${cell.replaceAll('\0', '').replaceAll('"', '""')}"` : cell;
    const rows = Array.from({ length: ROWS_A_FILE }, () =>
      HEADER.split(',')
        .map((column) => written(anyCell(random, column)))
        .join(','),
    );
    const path = join(desk.dir, `${file}.csv`);
    writeFileSync(path, [HEADER, ...rows].join(random.pick(['\n', '\r\n'])));
    const options = { language: 'en', signal: null, onProgress: () => {} } as const;
    const prepared = await desk.importer.preview(path, options);
    if (!prepared.ok) continue;
    const applied = await desk.importer.apply(prepared.value, { ...options, skipBad: true });
    if (applied.ok) added += applied.value.added;
  }
  const counts = await desk.storage.posts.counts();
  const { scheduled, ...others } = counts;
  expect(scheduled).toBe(added);
  expect(added).toBeGreaterThan(CALENDAR_ROWS / 100);
  expect(Object.values(others).every((count) => count === 0)).toBe(true);
  expect((await desk.storage.accounts.list()).length).toBe(accounts);
  expect(standing(stopped)).toEqual(before);
});

test('no address and no file opens the app: there is no deep link to send anything through', () => {
  const sources = globSync(
    '{src-main,src-preload,src-renderer,tools,resources}/**/*.{ts,tsx,desktop,json,plist,html}',
  );
  expect(sources.length).toBeGreaterThan(100);
  const ways =
    /setAsDefaultProtocolClient|['"]open-url['"]|['"]open-file['"]|['"]continue-activity['"]|x-scheme-handler|CFBundleURLTypes/u;
  expect(sources.filter((path) => ways.test(readFileSync(path, 'utf8')))).toEqual([]);
});

/** Writes lines to the real door of a real engine, many at once, each over a connection of its own. */
async function writeToSocket(
  here: EngineHere,
  random: Random,
  count: number,
  isWanted: (line: string | Uint8Array) => boolean,
  given: string | null = null,
): Promise<{ answered: number }> {
  const door = await listen(here.dataDir, here.engine, { open: () => null, problem: () => '' } as never);
  onTestFinished(() => door.close());
  let left = count;
  let answered = 0;
  const write = async () => {
    while (left > 0) {
      left -= 1;
      let line = given ?? anyLine(random);
      while (!isWanted(line)) line = anyLine(random);
      if ((await talk(door.path, line)).includes('"ok":')) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: 24 }, write));
  await door.close();
  return { answered };
}

function talk(path: string, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => socket.end(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}
