import { existsSync } from 'node:fs';
import { say } from '../calendar/said.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { isStopRecorded, type OutsideStop, stopFromOutside } from '../stop/stop-from-outside.ts';
import type { CommandLine } from './arguments.ts';
import { likelyControlPlaces, readSurroundings } from './control-place.ts';
import { askFirst, type StopAnswer } from './control-socket.ts';
import { EXIT, type ExitCode, type Output } from './output.ts';
import { personName } from './person.ts';

/** The app engages a stop in the step in which it reads of it. One that is silent for so long hangs. */
const TAKEN_MS = 250;
/** The app ends a publisher that does not confirm by itself, well within this. */
const CONFIRMED_MS = 1_000;

type Stopped = {
  readonly isDurable: boolean;
  readonly isSilent: boolean;
  readonly widenedFrom: string;
  readonly problem: string;
};

/**
 * Stops. Asks the app; where it does not answer at once, cannot confirm, or is not running, and where the files do not say what it
 * answered, does it from outside: by the files and by ending the publisher. Exit 0, 3 or 4. Nothing about the command line keeps it
 * from stopping: what makes no sense stops everything.
 */
export async function stop(line: CommandLine, output: Output): Promise<ExitCode> {
  const isNewFolder = !existsSync(line.dataDir);
  const scopes = line.problem === '' ? line.scopes : [];
  const order = { scopes, reason: line.reason, by: line.by || personName() };
  const places = likelyControlPlaces(line.dataDir, readSurroundings(process.env));
  const asked = await askFirst(places, { verb: 'stop', ...order }, CONFIRMED_MS, TAKEN_MS);
  const answered = asked.kind === 'answer' ? readAnswer(asked.value) : null;
  const inApp = answered && isRecorded(line.dataDir, scopes, answered) ? answered : null;
  const outside = inApp?.isSilent
    ? null
    : stopFromOutside({ dataDir: line.dataDir, control: 'command-line', ...order });
  const stopped = combine(inApp, outside);
  tell(line, output, stopped, isNewFolder);
  output.json({
    state: !stopped.isDurable ? 'failed' : stopped.isSilent ? 'stopped' : 'not-confirmed',
    isDurable: stopped.isDurable,
    publisher: stopped.isSilent ? 'silent' : 'not-confirmed',
    scope: stopped.widenedFrom === '' ? scopes.join(', ') || 'everything' : 'everything',
    widenedFrom: stopped.widenedFrom,
    appRunning: asked.kind !== 'absent',
    problem: stopped.problem,
  });
  if (!stopped.isDurable) return EXIT.stopFailed;
  return stopped.isSilent ? EXIT.done : EXIT.notConfirmed;
}

/** What the app answers is believed where the files say the same. */
function isRecorded(
  dataDir: string,
  scopes: readonly string[],
  { isDurable, widenedFrom }: StopAnswer,
): boolean {
  return isDurable && isStopRecorded(dataDir, widenedFrom === '' ? scopes : []);
}

/** What was reached by either way counts. `inApp` only where the files bear it out. */
function combine(inApp: StopAnswer | null, outside: OutsideStop | null): Stopped {
  const isDurable = inApp !== null || outside?.isDurable === true;
  const isSilent =
    inApp?.isSilent === true || outside?.publisher === 'dead' || outside?.publisher === 'not-found';
  const problem = isDurable && isSilent ? '' : outside?.problem || inApp?.todo || '';
  return { isDurable, isSilent, widenedFrom: inApp?.widenedFrom || outside?.widenedFrom || '', problem };
}

function tell(line: CommandLine, output: Output, stopped: Stopped, isNewFolder: boolean): void {
  const { permit } = stopPaths(line.dataDir);
  if (line.problem !== '') {
    output.warn(
      say(
        `Not understood: ${line.problem} So everything is stopped.`,
        `Pas compris : ${line.problem} Tout est donc arrêté.`,
      ),
    );
  }
  if (stopped.widenedFrom !== '') {
    output.warn(
      say(
        `“${stopped.widenedFrom}” is not to be found or could not be recorded, so everything is stopped.`,
        `« ${stopped.widenedFrom} » est introuvable ou n’a pas pu être enregistré : tout est donc arrêté.`,
      ),
    );
  }
  if (isNewFolder) {
    output.warn(
      say(
        `There was no data folder ${line.dataDir}. It was made, and the stop recorded in it. Is it the right one?`,
        `Le dossier de données ${line.dataDir} n’existait pas. Il a été créé et l’arrêt y est enregistré. Est-ce le bon ?`,
      ),
    );
  }
  if (!stopped.isDurable) {
    output.warn(
      say(
        `THE STOP FAILED. ${stopped.problem}\nDo it by hand: delete the file ${permit}, and end All Stop or cut the network.`,
        `L’ARRÊT A ÉCHOUÉ. ${stopped.problem}\nÀ faire à la main : supprimez le fichier ${permit}, et fermez All Stop ou coupez le réseau.`,
      ),
    );
  } else if (!stopped.isSilent) {
    output.warn(
      say(
        `Stop recorded, but NOT CONFIRMED: the process that publishes may still be alive. ${stopped.problem}\nDo it by hand: end All Stop, or cut the network.`,
        `Arrêt enregistré, mais NON CONFIRMÉ : le processus qui publie est peut-être encore en vie. ${stopped.problem}\nÀ faire à la main : fermez All Stop ou coupez le réseau.`,
      ),
    );
  } else {
    const asked = line.scopes.join(', ');
    const isEverything = asked === '' || line.problem !== '' || stopped.widenedFrom !== '';
    output.say(
      isEverything
        ? say(
            'Stopped: every account of every brand. It stays so until it is released in the window.',
            'Arrêté : tous les comptes de toutes les marques. Cela reste ainsi jusqu’à ce que l’arrêt soit levé dans la fenêtre.',
          )
        : say(
            `Stopped: ${asked}. It stays so until it is released in the window.`,
            `Arrêté : ${asked}. Cela reste ainsi jusqu’à ce que l’arrêt soit levé dans la fenêtre.`,
          ),
    );
  }
}

function readAnswer(value: unknown): StopAnswer | null {
  const { isDurable, isSilent, widenedFrom, todo } = (value ?? {}) as Partial<StopAnswer>;
  if (typeof isDurable !== 'boolean' || typeof isSilent !== 'boolean') return null;
  return { isDurable, isSilent, widenedFrom: widenedFrom ?? '', todo: todo ?? '' };
}
