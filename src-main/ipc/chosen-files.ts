import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import { inWords, say } from '../calendar/said.ts';
import { ok, type Result, refuse } from '../core/result.ts';

export type FilePurpose = 'calendar' | 'accounts' | 'export';

/** A file a person chose or dropped. The page is given the token; the path stays here. */
export type ChosenFile = { readonly token: string; readonly name: string };

type Kept = { readonly path: string; readonly purpose: FilePurpose; readonly until: number };

/** Between the save dialog and the writing nothing is asked any more. */
const EXPORT_LASTS_MS = 5 * 60_000;
/** A report is read, and the import then asked for. */
const IMPORT_LASTS_MS = 60 * 60_000;
const MOST_KEPT = 20;
const TABLES = {
  calendar: new Set(['.csv', '.txt', '.tsv', '.tab', '.xlsx', '.xls']),
  accounts: new Set(['.csv', '.txt']),
} as const;
type Readable = keyof typeof TABLES;

/**
 * The files the page may have read or written, by tokens: it names no path. A token for writing is good for one time and was given
 * for the answer of a save dialog; one for reading was given for a file that was chosen or dropped. Nothing inside the data folder is
 * read or written for the page, and nothing is read but ordinary files named .csv or .txt.
 */
export function createChosenFiles(deps: {
  dataDir: string;
  language: () => 'en' | 'fr';
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  randomBytes: (n: number) => Uint8Array;
}) {
  const kept = new Map<string, Kept>();

  function keep(path: string, purpose: FilePurpose): ChosenFile {
    const token = Buffer.from(deps.randomBytes(24)).toString('hex');
    const lastsMs = purpose === 'export' ? EXPORT_LASTS_MS : IMPORT_LASTS_MS;
    kept.set(token, { path, purpose, until: deps.monotonic() + lastsMs });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return { token, name: basename(path) };
  }

  async function isOwn(path: string): Promise<boolean> {
    return isInside(await realpath(deps.dataDir), path);
  }

  return {
    /** For reading. Refuses 'file-type' and 'not-readable'; neither says whether there is such a file. */
    async offer(path: string, purpose: Readable): Promise<Result<ChosenFile>> {
      if (!isAbsolute(path) || !isTable(path, purpose))
        return refuse('file-type', inWords(fileType[purpose], deps.language()));
      const real = await realpath(path).catch(() => null);
      const found = real === null ? null : await stat(real).catch(() => null);
      if (real === null || !isTable(real, purpose) || !found?.isFile() || (await isOwn(real)))
        return refuse('not-readable', inWords(notReadable, deps.language()));
      return ok(keep(path, purpose));
    },

    /** For writing, once: `path` is what the save dialog answered. Refuses 'inside-data'. */
    async offerExport(path: string): Promise<Result<ChosenFile>> {
      const folder = await realpath(dirname(path)).catch(() => dirname(path));
      const media = join(folder, `${basename(path, extname(path))}-media`);
      if ((await isOwn(join(folder, basename(path)))) || (await isOwn(media)))
        return refuse('inside-data', inWords(insideData, deps.language()));
      return ok(keep(path, 'export'));
    },

    /** The path a token stands for; refuses 'not-chosen' when it is unknown, used up, too old or for something else. */
    take(token: string, purpose: FilePurpose): Result<string> {
      const file = kept.get(token);
      if (purpose === 'export') kept.delete(token);
      return file && file.purpose === purpose && deps.monotonic() < file.until
        ? ok(file.path)
        : refuse('not-chosen', inWords(notChosen, deps.language()));
    },
  };
}

export type ChosenFiles = ReturnType<typeof createChosenFiles>;

const isTable = (path: string, purpose: Readable) => TABLES[purpose].has(extname(path).toLowerCase());

/** Where letters do not tell names apart, they must not here. */
const folded = (path: string) =>
  process.platform === 'win32' || process.platform === 'darwin' ? path.toLowerCase() : path;

function isInside(folder: string, path: string): boolean {
  const way = relative(folded(folder), folded(path));
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
}

const fileType = {
  calendar: say(
    'Only a file whose name ends in .csv, .tsv, .txt or .xlsx can be read here. Save the table as CSV, in UTF-8.',
    'Seul un fichier dont le nom finit par .csv, .tsv, .txt ou .xlsx peut être lu ici. Enregistrez le tableau au format CSV, en UTF-8.',
  ),
  accounts: say(
    'Only a file whose name ends in .csv or .txt can be read here. Save the table as CSV, in UTF-8.',
    'Seul un fichier dont le nom finit par .csv ou .txt peut être lu ici. Enregistrez le tableau au format CSV, en UTF-8.',
  ),
} as const;
const notReadable = say(
  'This file cannot be read here: it is gone, is no ordinary file, or lies in All Stop’s own folder.',
  'Ce fichier ne peut pas être lu ici : il a disparu, n’est pas un fichier ordinaire ou se trouve dans le dossier d’All Stop.',
);
const insideData = say(
  'This lies in All Stop’s own folder. Choose another place.',
  'Cet endroit se trouve dans le dossier d’All Stop. Choisissez-en un autre.',
);
const notChosen = say(
  'This file was chosen too long ago. Choose it again.',
  'Ce fichier a été choisi il y a trop longtemps. Choisissez-le de nouveau.',
);
