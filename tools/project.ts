import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The folder that holds package.json. */
export const projectRoot = resolve(import.meta.dirname, '..');

const requireHere = createRequire(import.meta.url);

/** The folder of an installed package, whatever its "exports" say. */
export function packageFolder(name: string): string {
  for (const folder of requireHere.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    try {
      return dirname(requireHere.resolve(join(candidate, 'package.json')));
    } catch {
      // Not in this node_modules; the next one up.
    }
  }
  throw new Error(`The package ${name} is not installed: run npm ci.`);
}

/** True when `fault` is a system error with this code, as `ENOENT`. */
export function hasCode(fault: unknown, code: string): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === code;
}

/** Waits, in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

/** How a command of ours ends when it cannot go on: the sentence on stderr, and exit code 1. */
export function failWith(fault: unknown): void {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 1;
}
