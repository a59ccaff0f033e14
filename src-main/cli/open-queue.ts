import { mkdirSync } from 'node:fs';
import { type Said, say } from '../calendar/said.ts';
import type { Storage } from '../core/stores.ts';
import { databasePath } from '../data-folder.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { CommandLine } from './arguments.ts';
import { likelyControlPlaces, readSurroundings } from './control-place.ts';
import { askFirst } from './control-socket.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';

const ANSWER_MS = 500;

/**
 * Opens the queue for `work` while the app is closed, making the data folder if need be, and closes it again. While the app runs, or
 * something else holds the database, names the screen to use instead and exits 5; a database that cannot be opened exits 2.
 */
export async function withQueue(
  line: CommandLine,
  output: Output,
  screen: Said,
  work: (storage: Storage) => Promise<ExitCode>,
): Promise<ExitCode> {
  const places = likelyControlPlaces(line.dataDir, readSurroundings(process.env));
  const asked = await askFirst(places, { verb: 'status' }, ANSWER_MS);
  if (asked.kind !== 'absent') return appRunning(output, screen);
  try {
    mkdirSync(line.dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return refused(output, 'no-data-folder', cannotMake(line.dataDir, (error as Error).message));
  }
  const opened = await openStorage({ path: databasePath(line.dataDir), now: Date.now });
  if (!opened.ok) {
    const { code, message } = opened.error;
    return code === 'database-locked' ? appRunning(output, screen) : refused(output, code, message);
  }
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

function appRunning(output: Output, screen: Said): ExitCode {
  const message = say(
    `All Stop is running. Do this in its window instead: ${screen.en}.`,
    `All Stop est ouvert. Faites-le plutôt dans sa fenêtre : ${screen.fr}.`,
  );
  output.warn(message);
  output.json({ error: { code: 'app-running', message: message[output.language] } });
  return EXIT.appRunning;
}

function cannotMake(dataDir: string, detail: string): Said {
  return say(
    `The data folder ${dataDir} cannot be made: ${detail}`,
    `Le dossier de données ${dataDir} ne peut pas être créé : ${detail}`,
  );
}
