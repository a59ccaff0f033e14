import { counted, say } from '../calendar/said.ts';
import type { CommandLine } from './arguments.ts';
import { withQueue } from './open-queue.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';
import { record } from './record.ts';

const screen = say('Import → Past imports', 'Importer → Imports passés');

/** `allstop imports`: what was imported, the newest first. Exit 0, 2 or 5. */
export function listImports(line: CommandLine, output: Output): Promise<ExitCode> {
  return withQueue(line, output, screen, async ({ imports }) => {
    const past = await imports.list();
    if (past.length === 0) output.say(say('Nothing was imported yet.', 'Rien n’a encore été importé.'));
    for (const { id, fileName, importedAt, posts, undoneAt } of past) {
      const when = new Date(importedAt).toISOString();
      const added = counted(posts, ['post', 'posts'], ['publication', 'publications']);
      const undone = undoneAt === null ? say('', '') : say('; undone', ' ; annulé');
      output.say(
        say(
          `${id}  ${when}  ${fileName}: ${added.en}${undone.en}`,
          `${id}  ${when}  ${fileName} : ${added.fr}${undone.fr}`,
        ),
      );
    }
    output.json({ imports: past });
    return EXIT.done;
  });
}

/** `allstop undo-import`: cancels what nobody has touched since. Exit 0, 2 or 5. */
export function undoImport(line: CommandLine, output: Output): Promise<ExitCode> {
  return withQueue(line, output, screen, async ({ imports }) => {
    const past = (await imports.list()).find(({ id }) => String(id) === line.rest[0]);
    if (past === undefined)
      return refused(
        output,
        'no-such-import',
        say(
          'There is no such import; see allstop imports.',
          'Cet import n’existe pas ; voyez allstop imports.',
        ),
      );
    const effect = await imports.undoEffect(past.id);
    let canceled = effect.toCancel;
    if (!line.isDryRun) {
      canceled = await imports.undo(past.id, Date.now(), (posts) =>
        record(line.dataDir, { event: 'posts.canceled', details: { posts: [...posts] } }),
      );
      const details = { file: past.fileName, canceled, left: past.posts - canceled };
      record(line.dataDir, { event: 'calendar.undone', details });
    }
    const posts = counted(canceled, ['post', 'posts'], ['publication', 'publications']);
    const left = past.posts - canceled;
    output.say(
      line.isDryRun
        ? say(
            `Would cancel ${posts.en}; left as they are: ${left}.`,
            `Annulerait ${posts.fr} ; laissées : ${left}.`,
          )
        : say(
            `Canceled ${posts.en}; left as they are: ${left}.`,
            `Annulé : ${posts.fr} ; laissées : ${left}.`,
          ),
    );
    output.json({
      ...effect,
      importId: past.id,
      canceled: line.isDryRun ? 0 : canceled,
      left,
      dryRun: line.isDryRun,
    });
    return EXIT.done;
  });
}
