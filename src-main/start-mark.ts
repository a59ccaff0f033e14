import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactStore } from './core/stores.ts';
import { writeWhole } from './stop/whole-files.ts';

const FILE = 'last-start';
const FACT = 'start-id';

/**
 * Whether the database is the one this folder was last started with. Each start leaves a new mark in both; a database that was
 * restored, copied or made anew has another or none. While both are being written the file names two marks, so that a crash
 * between the two is not taken for a foreign database.
 */
export async function checkStartMark(
  dataDir: string,
  facts: FactStore,
  newId: () => string,
): Promise<'same' | 'foreign'> {
  const path = join(dataDir, FILE);
  const inFile = readMarks(path);
  const inDatabase = await facts.read(FACT);
  const isSame = inFile === null ? inDatabase === null : inDatabase !== null && inFile.includes(inDatabase);
  const next = newId();
  writeWhole(path, () => JSON.stringify(inDatabase === null ? [next] : [inDatabase, next]));
  await facts.write(FACT, next);
  writeWhole(path, () => JSON.stringify([next]));
  return isSame ? 'same' : 'foreign';
}

function readMarks(path: string): readonly string[] | null {
  try {
    const marks = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return Array.isArray(marks) ? marks.map(String) : [];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : [];
  }
}
