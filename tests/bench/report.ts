import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { BULLMQ, type Verdict } from './aims.ts';
import { median, megabytes, ms, type Spread, thousands } from './figures.ts';
import type { Findings, SizeFindings } from './findings.ts';
import type { Options } from './options.ts';
import type { StopFigures } from './parts/stop.ts';

type Row = { readonly name: string; readonly cells: readonly string[] };

/** The whole report as Markdown. */
export function writeReport(findings: Findings, verdicts: readonly Verdict[], options: Options): string {
  const heads = findings.sizes.map(({ posts }) => thousands(posts));
  const row = (name: string, cell: (size: SizeFindings) => string | null): Row => ({
    name,
    cells: findings.sizes.map((size) => cell(size) ?? '—'),
  });
  return [
    '# What All Stop costs',
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${machine()}. ${options.runs} runs, ${options.tries} presses, ` +
      `${options.kills} kills; medians, and p99 where it says so. Posts are pending on 1,000 accounts of 100 brands. ` +
      'Made by `npm run bench -- --keep`.',
    '',
    '## All Stop, by pending posts',
    '',
    ...table(['measure', ...heads], oursBySize(row)),
    '',
    '## Beside it, in the same run',
    '',
    ...table(['peer', ...heads], peersBySize(row)),
    '',
    ...theFloor(findings),
    '',
    ...questions(findings, heads),
    '## The aims',
    '',
    ...table(
      ['measure', 'found', 'aim', ''],
      verdicts.map(({ name, found, aim, isMet }) => ({
        name,
        cells: [found, aim, isMet === null ? '–' : isMet ? 'ok' : '**missed**'],
      })),
    ),
    '',
    `BullMQ 5 with Redis needs a server and did not run: its figures (stop ${BULLMQ.stopMs} ms, p99 ${BULLMQ.p99Ms} ms) were published ` +
      'for another machine and are a line to look along. A file copied over and over by another process stands for a backup.',
    '',
  ].join('\n');
}

type MakeRow = (name: string, cell: (size: SizeFindings) => string | null) => Row;

function oursBySize(row: MakeRow): Row[] {
  const stopRow = (name: string, of: (stop: NonNullable<SizeFindings['stop']>) => StopFigures) =>
    row(name, ({ stop }) => stop && stopText(of(stop)));
  return [
    row('load, all of it', ({ loads }) =>
      loads.length > 0 ? ms(median(loads.map(({ total }) => total))) : null,
    ),
    row('load, by 100,000: first, last', ({ loads }) =>
      loads.length > 0
        ? [0, -1]
            .map((place) => ms(median(loads.map((load) => load.perHundredThousand.at(place) ?? Number.NaN))))
            .join(', ')
        : null,
    ),
    row('load, longest block', ({ loads }) =>
      loads.length > 0 ? ms(Math.max(...loads.map((load) => load.longestBlock))) : null,
    ),
    row('file', ({ loads }) => (loads[0] ? megabytes(loads[0].fileBytes) : null)),
    row('cold start, bundled', ({ start }) => start && spread(start.ready)),
    row('cold start with the publisher’s process beside', ({ start }) => start && spread(start.readyArmed)),
    row('cold start, as TypeScript', ({ start }) => start && spread(start.readyUnbundled)),
    row(
      'longest block at start, with the publisher',
      ({ start }) => start && `${ms(start.longestBlock.p50)}, ${ms(start.longestBlockArmed.p50)}`,
    ),
    row('memory of the idle process', ({ start }) => start && megabytes(start.memory.p50)),
    row('memory after 5,000 sent', ({ dispatches }) =>
      dispatches.length > 0 ? megabytes(median(dispatches.map(({ memoryAfter }) => memoryAfter))) : null,
    ),
    stopRow('stop, idle: shut, durable, returned', ({ idle }) => idle),
    stopRow('— with the real publisher’s process', ({ withProcess }) => withProcess),
    stopRow('— in a burst, 100 in flight', ({ burst }) => burst),
    stopRow('— of one brand', ({ brand }) => brand),
    stopRow('— of one account', ({ account }) => account),
    stopRow('— with 200 writes queued', ({ queued }) => queued),
    stopRow('— during an import', ({ importing }) => importing.busy),
    stopRow('— during a copy of the file', ({ copying }) => copying.busy),
    row('unlink + fsync, just before', ({ stop }) => stop && spread(stop.idle.floor)),
    row('posts begun after a press', ({ stop }) => stop && `${stop.startsAfter} of ${stop.presses} presses`),
    row('5,000 at once: lateness p50, p99', ({ dispatches }) =>
      dispatches.length > 0
        ? [
            median(dispatches.map(({ lateness }) => lateness.p50)),
            median(dispatches.map(({ lateness }) => lateness.p99)),
          ]
            .map(ms)
            .join(', ')
        : null,
    ),
    row('— a second, longest block', ({ dispatches }) =>
      dispatches.length > 0
        ? `${thousands(Math.round(median(dispatches.map(({ perSecond }) => perSecond))))}, ${ms(median(dispatches.map(({ longestBlock }) => longestBlock)))}`
        : null,
    ),
    row(
      'release: overdue begun, longest block',
      ({ release: found }) =>
        found && `${found.begunByRelease} of ${thousands(found.overdue)}, ${ms(found.longestBlock)}`,
    ),
  ];
}

function peersBySize(row: MakeRow): Row[] {
  const timers = (
    name: string,
    of: (run: SizeFindings['timers'][number]) => number,
    text: (value: number) => string,
  ) => row(`timers: ${name}`, (size) => (size.timers.length > 0 ? text(median(size.timers.map(of))) : null));
  const plainjob = (
    name: string,
    of: (run: SizeFindings['plainjob'][number]) => number,
    text: (value: number) => string,
  ) =>
    row(`plainjob: ${name}`, (size) =>
      size.plainjob.length > 0 ? text(median(size.plainjob.map(of))) : null,
    );
  return [
    timers('load', ({ load }) => load, ms),
    timers('stop, clearTimeout of all', ({ clear }) => clear, ms),
    timers('memory', ({ memory }) => memory, megabytes),
    timers('5,000 at once, p99', ({ lateness }) => lateness.p99, ms),
    timers(
      'cannot wait so long',
      ({ beyondReach }) => beyondReach * 100,
      (value) => `${value.toFixed(0)} %`,
    ),
    plainjob('load (its own settings: synchronous = NORMAL)', ({ load }) => load, ms),
    plainjob('open', ({ open }) => open, ms),
    plainjob('5,000 at once, p50', ({ lateness }) => lateness.p50, ms),
    plainjob('5,000 at once, p99', ({ lateness }) => lateness.p99, ms),
    plainjob(
      'a second',
      ({ perSecond }) => perSecond,
      (value) => thousands(Math.round(value)),
    ),
    plainjob('worker.stop returns', ({ stopReturns }) => stopReturns, ms),
    plainjob(
      'starts after stop and restart',
      ({ startsAfterRestart }) => startsAfterRestart,
      (value) => thousands(Math.round(value)),
    ),
    plainjob('update every row', ({ updateEveryRow }) => updateEveryRow, ms),
  ];
}

/** What single questions to the queue take: p50, and the longest where there were several. */
function questions({ sizes }: Findings, heads: readonly string[]): string[] {
  const names = sizes.find((size) => size.questions)?.questions?.rows.map(({ name }) => name) ?? [];
  if (names.length === 0) return [];
  const cell = (size: SizeFindings, name: string) => {
    const found = size.questions?.rows.find((row) => row.name === name)?.spread;
    if (!found) return '—';
    return found.tries === 1 ? ms(found.p50) : `${ms(found.p50)} (at most ${ms(found.most)})`;
  };
  const rows = names.map((name) => ({ name, cells: sizes.map((size) => cell(size, name)) }));
  return ['## Single questions to the queue', '', ...table(['question', ...heads], rows), ''];
}

function theFloor({ floor, start }: Findings): string[] {
  const lines: string[] = [];
  if (floor) {
    lines.push(
      `The floor of this machine: unlink + fsync of the folder ${spread(floor.unlinkAndSync)}; fsync of a byte ${spread(floor.syncByte)}; ` +
        `one row committed ${spread(floor.latchRow)}; updating every one of 100,000 rows ${ms(floor.updateIndexed)} with an index on the state, ` +
        `${ms(floor.updateEveryRow)} without.`,
    );
  }
  if (start)
    lines.push(
      `Bare Node starts in ${spread(start.bare)}; the engine without a post weighs ${megabytes(start.emptyMemory.p50)}.`,
    );
  return lines;
}

function stopText({ shut, durable, returned }: StopFigures): string {
  return `${ms(shut.p50)}, ${ms(durable.p50)}, ${ms(returned.p50)} (p99 ${ms(returned.p99)})`;
}

function spread({ p50, p99 }: Spread): string {
  return `${ms(p50)} (p99 ${ms(p99)})`;
}

/** Rows of which nothing was measured are left out. */
export function table(heads: readonly string[], rows: readonly Row[]): string[] {
  const measured = rows.filter(({ cells }) => cells.some((cell) => cell !== '—'));
  if (measured.length === 0) return ['Not measured in this run.'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(heads),
    line(heads.map(() => '---')),
    ...measured.map(({ name, cells }) => line([name, ...cells])),
  ];
}

/** The class of machine: no name, no serial number. */
export function machine(): string {
  const [load = 0] = loadavg();
  return `${type()} ${release().split('-')[0]}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${load.toFixed(1)} at the end`;
}
