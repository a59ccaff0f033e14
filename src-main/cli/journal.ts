import { say } from '../calendar/said.ts';
import { verifyJournal } from '../stop/journal-check.ts';
import { stopPaths } from '../stop/stop-files.ts';
import type { CommandLine } from './arguments.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';

/** `allstop journal verify`: exit 0 when the chain is whole, 2 when it is broken. Works while the app runs. */
export async function verify(line: CommandLine, output: Output): Promise<ExitCode> {
  if (line.rest[0] !== 'verify') return refused(output, 'bad-arguments', `journal ${line.rest[0]}?`);
  const paths = stopPaths(line.dataDir);
  const check = await verifyJournal(paths.journal, paths.journalHead);
  output.json(check);
  if (check.isWhole) {
    output.say(
      say(
        `The journal is whole: ${check.records} records.`,
        `Le journal est entier : ${check.records} enregistrements.`,
      ),
    );
    return EXIT.done;
  }
  output.warn(
    say(
      `The journal is broken at line ${check.brokenAt}. ${check.problem}`,
      `Le journal est rompu à la ligne ${check.brokenAt}. ${check.problem}`,
    ),
  );
  return EXIT.refused;
}
