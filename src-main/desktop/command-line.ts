import { languageOf } from './language.ts';

/** What the app was started with. Anything it does not know is left alone: Chromium has switches of its own. */
export type CommandLine = {
  /** As given, not yet made absolute; null when not given. */
  readonly dataDir: string | null;
  readonly language: 'en' | 'fr' | null;
  /** What a second instance hands on to the first. */
  readonly command: 'stop' | 'show';
  readonly startsHidden: boolean;
};

/** Reads `--data-dir=`, `--lang=`, `--stop` and `--hidden`; the folder may also come from ALLSTOP_DATA_DIR. */
export function readCommandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const given = (name: string) => {
    const found = argv.find((part) => part.startsWith(`--${name}=`));
    return found === undefined ? null : found.slice(name.length + 3);
  };
  const dataDir = given('data-dir') ?? env.ALLSTOP_DATA_DIR ?? '';
  return {
    dataDir: dataDir === '' ? null : dataDir,
    language: languageOf(given('lang') ?? ''),
    command: argv.includes('--stop') ? 'stop' : 'show',
    startsHidden: argv.includes('--hidden'),
  };
}
