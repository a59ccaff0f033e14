import { median, megabytes, ms, percentile, thousands } from '../figures.ts';
import { machine, table } from '../report.ts';
import type { DeskFindings, DeskOptions } from './measure-desk.ts';

/** What a person may have to wait for at the most, in milliseconds; memory in bytes, of all processes. */
const AIMS = { start: 2_000, view: 150, frame: 50, loop: 50, memory: 600e6 };

const verdict = (isMet: boolean) => (isMet ? 'ok' : '**missed**');

/** The desk's figures as Markdown, each beside its aim. */
export function writeDeskReport(found: DeskFindings, options: DeskOptions, electron: string): string {
  const start = median(found.starts);
  return [
    '# What the window costs at 1,000 accounts',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${electron}, ${machine()}. 1,000 accounts of 100 brands, ${thousands(options.posts)} posts; ` +
      `${options.rounds} starts, each view opened so often. Made by \`npm run bench -- --desk ${options.posts} --keep\`.`,
    '',
    ...table(
      ['measure', 'median', 'most', 'aim', ''],
      [
        {
          name: 'start until the accounts can be used',
          cells: [ms(start), ms(Math.max(...found.starts)), ms(AIMS.start), verdict(start <= AIMS.start)],
        },
        ...found.openings.map(({ name, times }) => ({
          name,
          cells: [
            ms(median(times)),
            ms(Math.max(...times)),
            ms(AIMS.view),
            verdict(median(times) <= AIMS.view),
          ],
        })),
      ],
    ),
    '',
    ...table(
      ['frames while', 'median', 'p99', 'longest', `over ${AIMS.frame} ms`, ''],
      found.frames.map(({ name, frames }) => {
        const over = frames.filter((frame) => frame > AIMS.frame).length;
        return {
          name,
          cells: [
            ms(median(frames)),
            ms(percentile(frames, 0.99)),
            ms(Math.max(...frames)),
            `${over} of ${thousands(frames.length)}`,
            verdict(over === 0),
          ],
        };
      }),
    ),
    '',
    ...table(
      ['loop of the main process, during', 'p50', 'p99.9', 'longest', 'aim (p99.9)', ''],
      found.loops.map(({ name, loop }) => ({
        name,
        cells: [ms(loop.p50), ms(loop.p999), ms(loop.most), ms(AIMS.loop), verdict(loop.p999 <= AIMS.loop)],
      })),
    ),
    '',
    ...table(
      ['memory of all processes after', 'shared counted once', 'aim', ''],
      found.memory.map(({ name, bytes }) => ({
        name,
        cells: [megabytes(bytes), megabytes(AIMS.memory), verdict(bytes <= AIMS.memory)],
      })),
    ),
    '',
    `A file of ${thousands(found.importing.rows)} rows: ${ms(found.importing.looked)} until every row had been read and said, ` +
      `${ms(found.importing.imported)} more until all were in the queue.`,
    '',
  ].join('\n');
}
