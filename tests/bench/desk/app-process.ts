import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from 'playwright-core';
import { endProcess, spawnBound } from '../../../tools/bound-process.ts';
import { until } from '../../support/desktop-session.ts';

const PROBE = fileURLToPath(new URL('loop-probe.cjs', import.meta.url));
const ROOT = resolve(import.meta.dirname, '../../..');

export type LoopFigures = { readonly p50: number; readonly p999: number; readonly most: number };
type Said = ({ readonly kind: 'loop' } & LoopFigures) | { readonly kind: 'usable'; readonly at: number };

/** What the app's main process says of itself into a file. */
export function createProbe(folder: string) {
  const file = join(folder, 'probe.jsonl');
  const read = (): Said[] => {
    try {
      return readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Said);
    } catch {
      return [];
    }
  };
  const loops = () => read().filter((said) => said.kind === 'loop');
  return {
    env: { NODE_OPTIONS: `--require=${PROBE}`, ALLSTOP_BENCH_FILE: file },
    /** Brings it into an app that was started without NODE_OPTIONS, as Playwright starts them. */
    join: (app: ElectronApplication) =>
      app.evaluate((_, path) => void process.mainModule?.require(path), PROBE),
    forget: () => rmSync(file, { force: true }),
    usableAt: () => read().find((said) => said.kind === 'usable')?.at ?? null,
    /** How long main's loop was kept from its turn since this was last asked, in milliseconds. */
    async loopOf(pid: number): Promise<LoopFigures> {
      const before = loops().length;
      process.kill(pid, 'SIGUSR2');
      await until(() => loops().length > before, 10_000, 'the figures of the main process');
      const { p50, p999, most } = loops().at(-1) as LoopFigures;
      return { p50, p999, most };
    },
  };
}

/** Milliseconds from the start of the process until the accounts stand in its window; the process is gone afterwards. */
export async function timeStart(
  electron: string,
  dataDir: string,
  env: Readonly<Record<string, string>>,
  probe: ReturnType<typeof createProbe>,
): Promise<number> {
  probe.forget();
  const begun = Date.now();
  const child = spawnBound(electron, [...rootArgs(), ROOT, `--data-dir=${dataDir}`, '--lang=en-US'], {
    env: { ...env, ...probe.env },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await until(() => probe.usableAt() !== null, 60_000, 'the desk in the window');
    return (probe.usableAt() ?? Number.NaN) - begun;
  } finally {
    await endProcess(child, 10_000);
  }
}

const rootArgs = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** Bytes of a process and all that came from it, what several share counted once between them. */
export function memoryOfTree(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const stat = textOf(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isOurs = (one: number): boolean =>
    one === pid || (parents.has(one) && one > 1 && isOurs(parents.get(one) ?? 0));
  return [...parents.keys()].filter(isOurs).reduce((sum, one) => {
    const kilobytes = /^Pss:\s+(\d+) kB/mu.exec(textOf(`/proc/${one}/smaps_rollup`))?.[1] ?? '0';
    return sum + Number(kilobytes) * 1_024;
  }, 0);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
