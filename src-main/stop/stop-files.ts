import { join } from 'node:path';

/** Where the stop keeps what it keeps, in the data folder. Deleting `permit` by hand stops everything. */
export type StopPaths = {
  readonly dir: string;
  readonly permit: string;
  readonly latch: string;
  readonly stops: string;
  readonly names: string;
  readonly journal: string;
  readonly journalHead: string;
  readonly publisherPid: string;
};

export function stopPaths(dataDir: string): StopPaths {
  return {
    dir: dataDir,
    permit: join(dataDir, 'permit'),
    latch: join(dataDir, 'latch'),
    stops: join(dataDir, 'stops'),
    names: join(dataDir, 'stops', 'names.json'),
    journal: join(dataDir, 'journal.jsonl'),
    journalHead: join(dataDir, 'journal.head'),
    publisherPid: join(dataDir, 'publisher.pid'),
  };
}
