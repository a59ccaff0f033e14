import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';
import { allstop, type Ran } from './run-allstop.ts';

export const ACCOUNTS = `brand,market,time_zone,network,name,url,secret
Maison Lune,France,Europe/Paris,practice,Lune,,
Maison Lune,France,Europe/Paris,webhook,hook,http://127.0.0.1:9/x,whsec_c2VjcmV0
`;
export const HEADER = 'brand,network,account,publish_at,time_zone,text,link,media,alt_text,label';
export const GOOD = 'Maison Lune,practice,Lune,2099-12-01 09:30,,Bonjour,,,,';
export const BAD = 'Maison Lune,practice,Lune,2001-12-01 09:30,,Trop tard,,,,';

export const NO_POSTS = {
  scheduled: 0,
  publishing: 0,
  published: 0,
  failed: 0,
  held: 0,
  missed: 0,
  canceled: 0,
  unconfirmed: 0,
};

export const json = ({ out }: Pick<Ran, 'out'>) => JSON.parse(out) as Record<string, unknown>;

/** A data folder that is not made yet and a folder for files, new for each test. */
export function workplace() {
  let dir = '';
  beforeEach(() => {
    dir = tempDir();
    mkdirSync(join(dir, 'files'));
  });
  const place = {
    get dataDir() {
      return join(dir, 'data');
    },
    get files() {
      return join(dir, 'files');
    },
    run: (...args: string[]) => allstop([...args, `--data-dir=${place.dataDir}`]),
    put(name: string, content: string | Uint8Array) {
      writeFileSync(join(place.files, name), content);
      return join(place.files, name);
    },
    calendar: (...rows: string[]) => place.put('calendar.csv', [HEADER, ...rows, ''].join('\n')),
    status: async () => json(await place.run('status', '--json')),
    /** Imports the accounts that `GOOD` needs. */
    async connect() {
      const ran = await place.run('import-accounts', place.put('accounts.csv', ACCOUNTS));
      expect(ran.code).toBe(0);
    },
  };
  return place;
}
