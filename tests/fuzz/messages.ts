import type { Random } from '../support/engine-traffic.ts';

/** What somebody would try who wanted more than a stop, and what nobody would. */
const WORDS = [
  ...['stop', 'status', 'start', 'release', 'resume', 'arm', 'engage', 'show', 'quit', 'reset', 'publish'],
  ...[
    'STOP',
    ' stop',
    'stop\0',
    'everything',
    'brand:Maison Lune',
    'brand:',
    '',
    '0',
    'null',
    'true',
    '../../permit',
  ],
  ...['__proto__', 'constructor', 'Zoé', '\u202e', '\ud800', '🕯', "'; drop table post;--", '%s%n', '\r\n'],
];
const SWITCHES = [
  '--stop',
  '--release',
  '--start',
  '--hidden',
  '--data-dir=',
  '--lang=',
  '--inspect',
  '--',
  '-stop',
];
const KEYS = [
  'verb',
  'scope',
  'reason',
  'by',
  'command',
  'brandIds',
  'epoch',
  '__proto__',
  'value',
  'toString',
];

const anyText = (random: Random): string =>
  random.chance(0.7)
    ? random.pick(WORDS)
    : String.fromCodePoint(
        ...Array.from({ length: random.int(0, 40) }, () => random.int(0, random.chance(0.5) ? 0x7f : 0xffff)),
      );

function anyValue(random: Random, depth = 0): unknown {
  const kind = random.int(0, depth > 3 ? 4 : 6);
  if (kind <= 1) return anyText(random);
  if (kind === 2) return random.int(-5, 2 ** 31);
  if (kind === 3) return random.pick([null, true, false, undefined, Number.NaN, 1e308]);
  if (kind === 4) return random.pick(['stop', 'status', 'release', 'show']);
  if (kind === 5) return Array.from({ length: random.int(0, 4) }, () => anyValue(random, depth + 1));
  return anyObject(random, depth + 1);
}

const anyObject = (random: Random, depth: number): object =>
  Object.fromEntries(
    Array.from({ length: random.int(0, 5) }, () => [
      random.chance(0.8) ? random.pick(KEYS) : anyText(random),
      anyValue(random, depth),
    ]),
  );

export const anyArguments = (random: Random): string[] =>
  Array.from({ length: random.int(0, 6) }, () =>
    random.chance(0.6)
      ? `${random.pick(SWITCHES)}${random.chance(0.5) ? '' : anyText(random)}`
      : anyText(random),
  );

export const anyInstanceData = (random: Random): unknown => anyValue(random);

/** One line for the socket, or bytes that are none. */
export function anyLine(random: Random): string | Uint8Array {
  const kind = random.int(0, 9);
  if (kind === 0) return Uint8Array.from({ length: random.int(0, 300) }, () => random.int(0, 255));
  if (kind === 1) return `${anyText(random)}\n`;
  if (kind === 2) return `${JSON.stringify(anyObject(random, 0))}\n{"verb":"release"}\n`;
  if (kind === 3) return `{"verb":"${random.pick(WORDS).replaceAll(/["\\\r\n\0]/gu, '')}"`;
  if (kind === 4) return `${JSON.stringify({ verb: 'stop', ...anyObject(random, 0) })}\n`;
  if (kind === 5) return `{"verb":"status","verb":"release","scope":${JSON.stringify(anyText(random))}}\n`;
  if (kind === 6) return '['.repeat(random.int(1, 2_000));
  return `${JSON.stringify(random.chance(0.5) ? anyObject(random, 0) : anyValue(random))}\n`;
}

/** Whether the first line of it is a stop. */
export function isStopLine(line: string | Uint8Array): boolean {
  const [first = ''] = Buffer.from(line).toString('utf8').split('\n');
  try {
    return (JSON.parse(first) as { verb?: unknown } | null)?.verb === 'stop';
  } catch {
    return false;
  }
}

/** A cell of a calendar: in three of four rows what belongs there. */
export function anyCell(random: Random, column: string): string {
  const right: Readonly<Record<string, readonly string[]>> = {
    brand: ['Maison Lune'],
    network: ['practice'],
    account: ['Lune'],
    publish_at: ['2026-12-01 09:30', '2027-02-28T10:00:00Z'],
    time_zone: ['', 'Europe/Paris'],
    text: [`text ${random.int(1, 1e6)}`, '"quoted, with a comma"', '=1+1', 'stop', 'release'],
  };
  return random.chance(0.97) ? random.pick(right[column] ?? ['']) : anyText(random);
}
