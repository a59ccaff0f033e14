import { join } from 'node:path';
import electronLog from 'electron-log/main';
import { clean } from './clean-text.ts';

/** Facts worth a line. No texts of posts, no addresses with queries, no headers, no bodies, no secrets. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export type Log = {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  /** An error's name and stack, with its message cleaned; never what it was handling. */
  error(event: string, error: unknown, facts?: LogFacts): void;
};

const MOST_BYTES = 1_000_000;

/** Writes to `logs/all-stop.log` in the data folder, one line an event, at most about 2 MB. Nothing is sent anywhere. */
export function createLog(deps: { dataDir: string; toConsole: boolean }): Log {
  const logger = electronLog.create({ logId: 'all-stop' });
  logger.transports.file.resolvePathFn = () => join(deps.dataDir, 'logs', 'all-stop.log');
  logger.transports.file.maxSize = MOST_BYTES;
  logger.transports.file.writeOptions = { mode: 0o600, flag: 'a', encoding: 'utf8' };
  logger.transports.file.format = '{iso} {level} {text}';
  logger.transports.ipc.level = false;
  logger.transports.console.level = deps.toConsole ? 'info' : false;
  logger.transports.console.format = '{level} {text}';

  const line = (event: string, facts: LogFacts) =>
    `${event}${Object.entries(facts)
      .map(([key, value]) => ` ${key}=${typeof value === 'string' ? JSON.stringify(clean(value)) : value}`)
      .join('')}`;

  return {
    info: (event, facts = {}) => logger.info(line(event, facts)),
    warn: (event, facts = {}) => logger.warn(line(event, facts)),
    error: (event, error, facts = {}) => logger.error(line(event, { ...facts, ...describe(error) })),
  };
}

function describe(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((part) => /^\s+at /u.test(part));
  return {
    error: error.name,
    message: error.message,
    stack: frames
      .slice(0, 6)
      .map((part) => part.trim())
      .join(' | '),
  };
}
