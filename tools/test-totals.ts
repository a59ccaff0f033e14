import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { hasCode } from './project.ts';

export type Totals = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed and the first line of why, as far as the runner said. */
  readonly failures: readonly string[];
};

export const none: Totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
/** What counts for a step that broke before it could say which tests failed. */
export const oneFailure: Totals = { ...none, failed: 1 };

export function sum(all: readonly Totals[]): Totals {
  return all.reduce(
    (so, more) => ({
      passed: so.passed + more.passed,
      failed: so.failed + more.failed,
      skipped: so.skipped + more.skipped,
      failures: [...so.failures, ...more.failures],
    }),
    none,
  );
}

/** The last line of a run: `12 passed, 0 failed`, and the skipped where there are any. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
};

/**
 * Reads what vitest's JSON reporter wrote. A test file that failed without a failing test of its own (it did not load, or a hook
 * broke) counts as one failure; so does a runner that failed, or wrote nothing, with no failure to show for it.
 */
export function readTotals(reportFile: string, runnerSucceeded: boolean): Totals {
  const report = readReport(reportFile);
  if (report === null) return oneFailure;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !runnerSucceeded ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map(({ name, message = '' }) => `${fileOf(name)}: ${firstLine(message)}`),
      ...report.testResults.flatMap(failedTests),
    ],
  };
}

function failedTests({ name, assertionResults }: Report['testResults'][number]): string[] {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(
      ({ fullName, failureMessages }) =>
        `${fileOf(name)} > ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`,
    );
}

const fileOf = (name: string) => relative(process.cwd(), name);

const firstLine = (text: string) => (text.split('\n', 1)[0] ?? '').slice(0, 300);

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    if (hasCode(fault, 'ENOENT') || fault instanceof SyntaxError) return null;
    throw fault;
  }
}
