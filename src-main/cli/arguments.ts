import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../calendar/local-time.ts';
import { defaultDataDir, followMoves } from '../desktop/data-dir.ts';

/** What was asked for, with paths made absolute. */
export type CommandLine = {
  readonly command: string;
  /** What follows the command, for instance a file. */
  readonly rest: readonly string[];
  readonly dataDir: string;
  /** Each `--scope`; none is everything. */
  readonly scopes: readonly string[];
  readonly reason: string;
  readonly by: string;
  /** Of a report: which stop ('' is the newest), and whose. */
  readonly stop: string;
  readonly brand: string;
  /** Of an import: how a file of another tool is read. */
  readonly reading: ReadingWords;
  readonly isJson: boolean;
  readonly isDryRun: boolean;
  readonly skipsBad: boolean;
  /** Of answers: those of somebody else than who was asked count, too. */
  readonly countsOthers: boolean;
  readonly wantsHelp: boolean;
  readonly language: Language;
  /** What could not be made sense of; '' when all could. A stop is carried out all the same. */
  readonly problem: string;
  /** An absolute path from one given on the command line. */
  path(given: string): string;
};

/** What was written about reading a file, each as it stands; '' and [] where nothing was. */
export type ReadingWords = {
  readonly format: string;
  readonly sheet: string;
  readonly dateOrder: string;
  readonly timeZone: string;
  readonly clockChange: string;
  readonly webMedia: string;
  /** Each 'field=column'. */
  readonly columns: readonly string[];
  /** Each 'name in the file=brand/network/account'. */
  readonly accounts: readonly string[];
  /** Each 'brand/network/account', for rows that name none. */
  readonly to: readonly string[];
};

const OPTIONS = {
  'data-dir': { type: 'string' },
  lang: { type: 'string' },
  scope: { type: 'string', multiple: true },
  reason: { type: 'string' },
  by: { type: 'string' },
  stop: { type: 'string' },
  brand: { type: 'string' },
  format: { type: 'string' },
  sheet: { type: 'string' },
  'date-order': { type: 'string' },
  'time-zone': { type: 'string' },
  'clock-change': { type: 'string' },
  'web-media': { type: 'string' },
  column: { type: 'string', multiple: true },
  account: { type: 'string', multiple: true },
  to: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'skip-bad': { type: 'boolean' },
  'other-person': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const COMMANDS = [
  'status',
  'stop',
  'import',
  'import-accounts',
  'imports',
  'undo-import',
  'export',
  'journal',
  'report',
  'answers',
] as const;
/** How many words follow the command. */
const WORDS: Readonly<Record<string, number>> = {
  import: 1,
  'import-accounts': 1,
  'undo-import': 1,
  export: 1,
  journal: 1,
  report: 1,
  answers: 1,
};

/** Reads the command line; whatever is wrong with it is in `problem`, and never thrown. */
export function readArguments(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: () => string,
): CommandLine {
  const { args, missing } = withoutBareOptions(argv);
  const { values, positionals } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
  });
  const text = (name: keyof typeof OPTIONS) => (typeof values[name] === 'string' ? values[name] : '');
  const texts = (name: keyof typeof OPTIONS): readonly string[] => {
    const given = values[name];
    return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
  };
  // npm runs scripts in the project's folder, wherever it was called: paths are meant from there.
  const base = env.npm_lifecycle_event === 'allstop' && env.INIT_CWD ? () => env.INIT_CWD ?? '' : cwd;
  // A shell may stand in a folder that is gone; absolute paths do not mind.
  const path = (given: string) => (isAbsolute(given) ? resolve(given) : resolve(base(), given));
  const given = text('data-dir') || env.ALLSTOP_DATA_DIR || '';
  const [command = '', ...rest] = positionals;
  return {
    command,
    rest,
    dataDir: followMoves(given === '' ? defaultDataDir(process.platform, env, homedir()) : path(given)),
    scopes: texts('scope'),
    reason: text('reason'),
    by: text('by'),
    stop: text('stop'),
    brand: text('brand'),
    reading: {
      format: text('format'),
      sheet: text('sheet'),
      dateOrder: text('date-order'),
      timeZone: text('time-zone'),
      clockChange: text('clock-change'),
      webMedia: text('web-media'),
      columns: texts('column'),
      accounts: texts('account'),
      to: texts('to'),
    },
    isJson: values.json === true,
    isDryRun: values['dry-run'] === true,
    skipsBad: values['skip-bad'] === true,
    countsOthers: values['other-person'] === true,
    wantsHelp: values.help === true || command === 'help',
    language: languageOf(text('lang') || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''),
    problem: missing === '' ? problemOf(values, command, rest) : `--${missing}=…?`,
    path,
  };
}

/**
 * HAZARD: the parser would take `--data-dir=X` for the scope in `stop --scope --data-dir=X`, and the stop would be made in another
 * folder. An option before which the next one begins has no value; a value that begins so is written `--reason=--…`.
 */
function withoutBareOptions(argv: readonly string[]): { readonly args: string[]; readonly missing: string } {
  const end = argv.indexOf('--');
  const isBare = (index: number) => {
    const name = argv[index]?.slice(2) ?? '';
    const takesText =
      argv[index]?.startsWith('--') === true &&
      Object.hasOwn(OPTIONS, name) &&
      OPTIONS[name as keyof typeof OPTIONS].type === 'string';
    return takesText && (end < 0 || index < end) && argv[index + 1]?.startsWith('--') === true;
  };
  const bare = argv.findIndex((_, index) => isBare(index));
  return {
    args: argv.filter((_, index) => !isBare(index)),
    missing: bare < 0 ? '' : (argv[bare]?.slice(2) ?? ''),
  };
}

function languageOf(given: string): Language {
  return /^fr\b|^fr_/iu.test(given) ? 'fr' : 'en';
}

function problemOf(
  values: Readonly<Record<string, unknown>>,
  command: string,
  rest: readonly string[],
): string {
  for (const [name, value] of Object.entries(values)) {
    const option = OPTIONS[name as keyof typeof OPTIONS];
    if (option === undefined) return `--${name}?`;
    if ([value].flat().some((one) => typeof one !== option.type))
      return `--${name}${option.type === 'string' ? '=…?' : ''}`;
  }
  if (command !== '' && !COMMANDS.some((known) => known === command)) return `${command}?`;
  const most = WORDS[command] ?? 0;
  if (rest.length > most) return `${rest[most]}?`;
  return command !== '' && rest.length < most ? `${command} …?` : '';
}
