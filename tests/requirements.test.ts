import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What there is of each kind. Of others (E, Q) only those that touch the stop are in the table, last. */
const NUMBERED = { S: 48, D: 13, I: 20 } as const;
const STATES = ['holds', 'in part', 'not covered'];

type Row = {
  readonly id: string;
  readonly says: string;
  readonly state: string;
  /** File below `tests/`, and what its name holds. */
  readonly tests: readonly (readonly [file: string, title: string])[];
  readonly remark: string;
};

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

const rows: readonly Row[] = read('requirements.md')
  .split('\n')
  .filter((line) => /^\| [A-Z]-\d/u.test(line))
  .map((line) => {
    const [, id = '', says = '', state = '', tests = '', remark = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const named = tests === '' ? [] : tests.split('<br>');
    return { id, says, state, remark, tests: named.map(toTest) };
  });

function toTest(text: string): readonly [string, string] {
  const [file = '', title = ''] = text.split(' › ').map((part) => part.trim());
  return [file, title];
}

/** Whether a line of the source has the title, or this much of it, in a text of its own: a comment does not count. */
function hasTest(source: string, title: string): boolean {
  return source.split('\n').some((line) => {
    const at = line.indexOf(title);
    return at > 0 && !/^\s*(\/\/|\/?\*)/u.test(line) && /['"`]/u.test(line.slice(0, at));
  });
}

/** The section of the README that says what the stop does not cover. */
function uncovered(): string {
  const [, section = ''] = read('../README.md').split('### What the stop does not cover\n');
  return section.split(/\n##/u)[0] ?? '';
}

test('every requirement stands in the table once', () => {
  const wanted = Object.entries(NUMBERED).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => {
      return kind === 'I' ? `${kind}-${index + 1}` : `${kind}-${String(index + 1).padStart(2, '0')}`;
    }),
  );
  const ids = rows.map(({ id }) => id);
  expect(ids.slice(0, wanted.length)).toEqual(wanted);
  const others = ids.slice(wanted.length);
  expect(others).toEqual([...new Set(others.filter((id) => /^[EQ]-\d\d$/u.test(id)))]);
  expect(rows.filter(({ says, state }) => says === '' || !STATES.includes(state))).toEqual([]);
});

test('every test it names is there under that name', () => {
  const missing = rows.flatMap(({ id, tests }) =>
    tests.flatMap(([file, title]) => {
      if (title === '' || !existsSync(join(import.meta.dirname, file))) return [`${id}: no file ${file}`];
      return hasTest(read(file), title) ? [] : [`${id}: ${file} has no “${title}”`];
    }),
  );
  expect(missing).toEqual([]);
});

test('what is held to hold names a test; what is not says why, here and in the README, which names nothing else', () => {
  const broken = rows.filter(({ state, tests, remark }) =>
    state === 'holds' ? tests.length === 0 : remark === '',
  );
  expect(broken.map(({ id }) => id)).toEqual([]);
  const told = new Set(uncovered().match(/\b[SDIEQ]-\d+\b/gu));
  const open = rows.filter(({ state }) => state !== 'holds').map(({ id }) => id);
  expect([...told].sort()).toEqual(open.sort());
});

test('a title in a comment, or none, is no test', () => {
  expect(hasTest("  test('a press stops', () => {", 'a press stops')).toBe(true);
  expect(hasTest("  // test('a press stops', () => {", 'a press stops')).toBe(false);
  expect(hasTest('  a press stops', 'a press stops')).toBe(false);
});
