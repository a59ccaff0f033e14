import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OUTCOMES } from '../../src-main/calendar/row-log.ts';
import { addAccount, addBrand, HEADER, NOW, OPTIONS, openDesk, preview } from './desk-fixture.ts';

/** ALLSTOP_ROWS=200000 tries as many as people may have; fewer are enough to see what grows with their number. */
const ROWS = Number(process.env.ALLSTOP_ROWS ?? 30_000);
const ACCOUNTS = 100;

test(
  `a calendar of ${ROWS} rows is looked at and added while the event loop goes on turning`,
  async () => {
    const desk = await openDesk();
    const brand = await addBrand(desk.storage, 'Grande', 'France', 'Europe/Paris');
    for (let n = 0; n < ACCOUNTS; n += 1) await addAccount(desk.storage, brand, 'practice', `account ${n}`);
    const path = join(desk.dir, 'many.csv');
    writeCalendar(path);

    const seen = await watched(`looking at ${ROWS} rows`, () => preview(desk, path));
    expect(seen.preview).toMatchObject({ rows: ROWS, newRows: ROWS - ROWS / 1_000, badRows: ROWS / 1_000 });
    expect(seen.rows.page(OUTCOMES, ROWS - 200, 200).rows).toHaveLength(200);
    const added = await watched('adding them', () =>
      desk.importer.apply(seen, { ...OPTIONS, skipBad: true }),
    );
    expect(added).toMatchObject({
      ok: true,
      value: { added: ROWS - ROWS / 1_000, known: 0, skipped: ROWS / 1_000 },
    });
    const again = await watched('looking again', () => preview(desk, path));
    expect(again.preview).toMatchObject({ newRows: 0, knownRows: ROWS - ROWS / 1_000 });
  },
  10 * 60_000,
);

function writeCalendar(path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, `${HEADER}\r\n`);
  let text = '';
  for (let n = 0; n < ROWS; n += 1) {
    const time = new Date(NOW + 86_400_000 + ((n * 7_919) % 40_000) * 60_000).toISOString().slice(0, 16);
    const account = n % 1_000 === 999 ? 'nobody' : `account ${n % ACCOUNTS}`;
    text += `Grande,practice,${account},${time.replace('T', ' ')},${n % 3 ? '' : 'Europe/London'},"Découvrez ""n° ${n}"" 😀\r\nà demain",,,,hiver\r\n`;
    if (text.length < 1_000_000) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

/** Prints how long it took, and fails when a timer of 5 ms came so seldom that the window would have stood still. */
async function watched<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let turns = 0;
  let longest = 0;
  let last = startedAt;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns += 1;
  }, 5);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    const ms = performance.now() - startedAt;
    process.stdout.write(
      `${what}: ${Math.round(ms)} ms, longest wait of a timer ${Math.round(longest)} ms\n`,
    );
    expect(turns, what).toBeGreaterThan(ms / 100);
  }
}
