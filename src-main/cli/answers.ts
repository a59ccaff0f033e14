import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { counted, type Said, say } from '../calendar/said.ts';
import type { Storage } from '../core/stores.ts';
import { utcTime } from '../report/words.ts';
import { MOST_CHARACTERS, readAnswers } from '../yes/read-answers.ts';
import { type AnswerPorts, type Judged, judgeAnswers, stillOpen, takeAnswers } from '../yes/take-up.ts';
import { effectWords, refusalWords, unreadWords } from './answers-words.ts';
import type { CommandLine } from './arguments.ts';
import { withQueue } from './open-queue.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';
import { personName } from './person.ts';
import { recordAll } from './record.ts';

const screen = say(
  'Queue → Yes from clients → Read answers',
  'File → Accord des clients → Lire des réponses',
);

/**
 * `allstop answers`: reads what a client answered, says what each line changes, and does it. A line that begins like an answer and is none
 * refuses all of it, unless such lines are to be left out. Exit 0, 2 or 5.
 */
export function takeAnswersFile(line: CommandLine, output: Output): Promise<ExitCode> {
  const path = line.path(line.rest[0] ?? '');
  return withQueue(line, output, screen, async (storage) => {
    const file = basename(path).slice(0, 255);
    const text = readWhole(path);
    if (typeof text !== 'string') return refused(output, 'file-unreadable', text);
    const given = await readAnswers(text);
    if (!given.ok) return refused(output, given.error.code, refusalWords(given.error));
    const read = { ...given.value, file };
    for (const unread of read.unread) output.warn(unreadWords(unread));
    if (read.unread.length > 0 && !line.skipsBad)
      return refused(
        output,
        'answers-unread',
        say(
          'Nothing was changed. --skip-bad leaves these lines out.',
          'Rien n’a été changé. --skip-bad laisse ces lignes.',
        ),
      );
    const ports: AnswerPorts = { storage, randomBytes, now: Date.now };
    const judged = await judgeAnswers(ports, read);
    await tell(output, storage, judged, line.countsOthers, read.name);
    const open = await stillOpen(ports, read, judged, line.countsOthers);
    const choices = {
      alsoOther: line.countsOthers,
      readBy: line.by || personName(),
      at: Date.now(),
    };
    const taken = line.isDryRun ? null : await takeAnswers(ports, read, judged, choices);
    if (taken && !recordAll(line.dataDir, taken.lines))
      output.warn(
        say(
          'The journal cannot be written: what is taken here does not stand in it.',
          'Le journal ne peut pas être écrit : ce qui est pris ici n’y figure pas.',
        ),
      );
    const done = taken ? taken.done.map(({ answer }) => answer.answer) : wouldDo(judged, line.countsOthers);
    const yes = done.filter((answer) => answer === 'yes').length;
    const no = done.length - yes;
    const left = judged.length - done.length;
    output.say(
      line.isDryRun
        ? say(
            `Would take ${yes} yes and ${no} no; nothing done with: ${left}.`,
            `Prendrait ${yes} oui et ${no} non ; rien n’est fait de : ${left}.`,
          )
        : say(
            `Taken: ${yes} yes, ${no} no; nothing done with: ${left}.`,
            `Pris : ${yes} oui, ${no} non ; rien n’est fait de : ${left}.`,
          ),
    );
    if (open !== null && open > 0) output.say(openWords(open));
    output.json({
      by: read.name,
      rows: judged.map(({ given: { postId, answer, remark }, effect }) => ({
        post: postId,
        answer,
        remark,
        effect,
      })),
      yes,
      no,
      left,
      open,
      unread: read.unread,
      dryRun: line.isDryRun,
    });
    return EXIT.done;
  });
}

function wouldDo(judged: readonly Judged[], countsOthers: boolean): readonly ('yes' | 'no')[] {
  return judged.flatMap(({ given, effect }) =>
    effect === 'yes' || effect === 'no' || (countsOthers && effect === 'other-person') ? [given.answer] : [],
  );
}

/** One sentence for each answer, with the post it is about. */
async function tell(
  output: Output,
  storage: Storage,
  judged: readonly Judged[],
  countsOthers: boolean,
  by: string,
): Promise<void> {
  const accounts = new Map((await storage.accounts.list()).map((account) => [account.id, account]));
  for (const { given, post, effect } of judged) {
    const isMine = post !== undefined && effect !== 'unknown' && effect !== 'other-desk';
    const account = isMine ? accounts.get(post.accountId) : undefined;
    const place = isMine
      ? ` ${account?.network ?? ''}/${account?.name ?? ''}, ${utcTime(post.publishAt)}`
      : '';
    const counts = effect === 'other-person' && countsOthers ? given.answer : effect;
    const does = effectWords(counts, { asked: post?.yes?.from ?? '', by });
    const remark = given.remark === '' ? '' : ` “${given.remark.replace(/\s+/gu, ' ')}”`;
    output.say(
      say(
        `#${given.postId}${place}: ${given.answer === 'yes' ? 'yes' : 'no'}${remark}. ${does.en}`,
        `#${given.postId}${place} : ${given.answer === 'yes' ? 'oui' : 'non'}${remark}. ${does.fr}`,
      ),
    );
  }
}

function openWords(open: number): Said {
  const posts = counted(open, ['post', 'posts'], ['publication', 'publications']);
  return open === 1
    ? say(
        `${posts.en} of this page still waits for an answer.`,
        `${posts.fr} de cette page attend encore une réponse.`,
      )
    : say(
        `${posts.en} of this page still wait for an answer.`,
        `${posts.fr} de cette page attendent encore une réponse.`,
      );
}

/** Its text, or why it cannot be had. No more is read than a file of answers may have. */
function readWhole(path: string): string | Said {
  try {
    const file = openSync(path, 'r');
    try {
      const info = fstatSync(file);
      if (!info.isFile()) return say(`${path} is no file.`, `${path} n’est pas un fichier.`);
      const bytes = Buffer.alloc(Math.min(info.size, MOST_CHARACTERS * 3 + 1));
      let have = 0;
      for (let got = 1; got > 0 && have < bytes.length; have += got)
        got = readSync(file, bytes, have, bytes.length - have, have);
      return bytes.subarray(0, have).toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const detail = (error as Error).message;
    return say(`${path} cannot be read: ${detail}`, `${path} ne peut pas être lu : ${detail}`);
  }
}
