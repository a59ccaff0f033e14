import type { Language } from '../calendar/local-time.ts';
import { inWords, type Said } from '../calendar/said.ts';
import type { CommandLine } from './arguments.ts';

/** What the command ended with; documented in the README and kept stable. */
export const EXIT = {
  done: 0,
  /** The input was refused and nothing changed. */
  refused: 2,
  /** Stopped durably, but the publisher is not confirmed dead. */
  notConfirmed: 3,
  stopFailed: 4,
  appRunning: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Output = {
  readonly language: Language;
  readonly isJson: boolean;
  /** A sentence for the person; not with `--json`. */
  say(said: Said | string): void;
  /** A sentence that matters; to standard error, also with `--json`. */
  warn(said: Said | string): void;
  /** One line of JSON; only with `--json`. */
  json(value: unknown): void;
  /** How far long work is, on a terminal only. */
  progress(done: number, total: number): void;
};

/** Writes to the process's own streams. A reader that went away is no error. */
export function createOutput({ language, isJson }: Pick<CommandLine, 'language' | 'isJson'>): Output {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let percent = -1;
  const clear = () => {
    if (percent >= 0 && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    percent = -1;
  };
  const text = (said: Said | string) => (typeof said === 'string' ? said : inWords(said, language));
  return {
    language,
    isJson,
    say(said) {
      clear();
      if (!isJson) process.stdout.write(`${text(said)}\n`);
    },
    warn(said) {
      clear();
      process.stderr.write(`${text(said)}\n`);
    },
    json(value) {
      clear();
      if (isJson) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress(done, total) {
      const now = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (!process.stderr.isTTY || now === percent) return;
      percent = now;
      process.stderr.write(`\r${now} %`);
    },
  };
}

/** Says why nothing was done, and that is exit 2. */
export function refused(output: Output, code: string, message: Said | string): ExitCode {
  output.warn(message);
  const text = typeof message === 'string' ? message : message[output.language];
  output.json({ error: { code, message: text } });
  return EXIT.refused;
}
