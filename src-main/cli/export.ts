import { exportCalendar } from '../calendar/export-calendar.ts';
import { counted, say } from '../calendar/said.ts';
import { mediaPath } from '../data-folder.ts';
import type { CommandLine } from './arguments.ts';
import { withQueue } from './open-queue.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';

const screen = say('Import → Export', 'Importer → Exporter');

/** `allstop export`: writes what is scheduled as a calendar. Exit 0, 2 or 5. */
export function exportToFile(line: CommandLine, output: Output): Promise<ExitCode> {
  return withQueue(line, output, screen, async (storage) => {
    const calledOff = new AbortController();
    process.once('SIGINT', () => calledOff.abort());
    const options = { language: output.language, signal: calledOff.signal, onProgress: output.progress };
    const deps = { storage, mediaDir: mediaPath(line.dataDir) };
    const done = await exportCalendar(deps, line.path(line.rest[0] ?? ''), options);
    if (!done.ok) return refused(output, done.error.code, done.error.message);
    const { rows, path, heldPosts, missingMedia } = done.value;
    if (heldPosts > 0) {
      output.warn(
        say(
          `Held posts are not in the file (${heldPosts}): a calendar cannot say that they are held.`,
          `Les publications retenues ne sont pas dans le fichier (${heldPosts}) : un calendrier ne peut pas dire qu’elles le sont.`,
        ),
      );
    }
    if (missingMedia > 0) {
      output.warn(
        say(
          `Media files missing from the data folder, not copied: ${missingMedia}.`,
          `Fichiers médias absents du dossier de données, non copiés : ${missingMedia}.`,
        ),
      );
    }
    const posts = counted(rows, ['post', 'posts'], ['publication', 'publications']);
    output.say(say(`Wrote ${posts.en} to ${path}.`, `Écrit : ${posts.fr} dans ${path}.`));
    output.json(done.value);
    return EXIT.done;
  });
}
