import { existsSync } from 'node:fs';
import { type Said, say } from '../calendar/said.ts';
import { POST_STATES } from '../core/post.ts';
import type { EngagedStop, PublishingState } from '../core/stop-types.ts';
import { databasePath } from '../data-folder.ts';
import { readPublishingFiles } from '../stop/stop-from-outside.ts';
import type { CommandLine } from './arguments.ts';
import { likelyControlPlaces, readSurroundings } from './control-place.ts';
import { askFirst } from './control-socket.ts';
import { EXIT, type ExitCode, type Output } from './output.ts';

/** A status unanswered for so long is not confirmed. */
const ANSWER_MS = 1_000;

/** What `status --json` prints, kept stable. */
type Status = {
  readonly state: PublishingState;
  readonly epoch: number;
  readonly stops: readonly EngagedStop[];
  /** Null when the queue could not be asked. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** Posts whose call to a network is under way, or was when the app ended. */
  readonly inFlight: readonly number[];
  /** ISO 8601 UTC. */
  readonly nextDueAt: string | null;
  readonly problem: string;
  readonly appRunning: boolean;
};

/** Tells what publishing is doing, from the app or, where it is closed, from the files. Exit 0. */
export async function status(line: CommandLine, output: Output): Promise<ExitCode> {
  const places = likelyControlPlaces(line.dataDir, readSurroundings(process.env));
  const asked = await askFirst(places, { verb: 'status' }, ANSWER_MS);
  const found =
    asked.kind === 'absent'
      ? await readFiles(line.dataDir)
      : asked.kind === 'answer'
        ? { ...(asked.value as Status), appRunning: true }
        : notConfirmed(line.dataDir);
  output.json(found);
  for (const sentence of sentencesOf(found)) output.say(sentence);
  return EXIT.done;
}

function notConfirmed(dataDir: string): Status {
  const { epoch, stops } = readPublishingFiles(dataDir);
  const problem = 'The app does not answer.';
  return {
    state: 'not-confirmed',
    epoch,
    stops,
    counts: null,
    inFlight: [],
    nextDueAt: null,
    problem,
    appRunning: true,
  };
}

async function readFiles(dataDir: string): Promise<Status> {
  const { state, epoch, stops } = readPublishingFiles(dataDir);
  const closed = { state, epoch, stops, appRunning: false };
  const path = databasePath(dataDir);
  if (!existsSync(path)) {
    const counts = Object.fromEntries(POST_STATES.map((one) => [one, 0]));
    return { ...closed, counts, inFlight: [], nextDueAt: null, problem: '' };
  }
  const { openStorage } = await import('../storage/open-storage.ts');
  const opened = await openStorage({ path, now: Date.now });
  if (!opened.ok) {
    if (opened.error.code === 'database-locked') return notConfirmed(dataDir);
    return { ...closed, counts: null, inFlight: [], nextDueAt: null, problem: opened.error.message };
  }
  try {
    const { posts } = opened.value;
    const counts = await posts.counts();
    const left = await posts.page({ states: ['publishing'] }, 'soonest', 0, 500);
    const narrow = stops.map(({ scope }) => scope).filter(({ kind }) => kind !== 'everything');
    const next = await posts.nextToGo(Date.now(), narrow);
    return {
      ...closed,
      counts: Object.fromEntries(POST_STATES.map((one) => [one, counts[one]])),
      inFlight: left.posts.map((post) => post.id),
      nextDueAt: next === null ? null : new Date(next).toISOString(),
      problem: '',
    };
  } finally {
    await opened.value.close();
  }
}

const STATES: Readonly<Record<PublishingState, Said>> = {
  publishing: say('Publishing.', 'La publication est en marche.'),
  stopped: say('Stopped.', 'Arrêté.'),
  stopping: say('Stopping.', 'Arrêt en cours.'),
  'not-confirmed': say(
    'Not confirmed: All Stop is open but does not answer. "allstop stop" stops it all the same.',
    'Non confirmé : All Stop est ouvert mais ne répond pas. « allstop stop » l’arrête quand même.',
  ),
  'not-started': say('Not started: nothing is published.', 'Pas encore démarré : rien n’est publié.'),
};

const NAMES: Readonly<Record<string, Said>> = {
  scheduled: say('scheduled', 'programmées'),
  publishing: say('being published', 'en cours'),
  published: say('published', 'publiées'),
  failed: say('failed', 'échouées'),
  held: say('held', 'retenues'),
  missed: say('missed', 'manquées'),
  canceled: say('canceled', 'annulées'),
  unconfirmed: say('unconfirmed', 'non confirmées'),
};

function sentencesOf(found: Status): readonly Said[] {
  const lines: Said[] = [STATES[found.state] ?? say(found.state, found.state)];
  for (const one of found.stops) {
    const when = new Date(one.engagedAt).toISOString();
    const [by, reason] = [one.by === '' ? '' : `, ${one.by}`, one.reason === '' ? '' : `: ${one.reason}`];
    const scope = one.scope.kind;
    lines.push(
      say(`  stop (${scope}) since ${when}${by}${reason}`, `  arrêt (${scope}) depuis ${when}${by}${reason}`),
    );
  }
  const counted = Object.entries(found.counts ?? {}).filter(([, count]) => count > 0);
  const list = (language: 'en' | 'fr') =>
    counted.map(([state, count]) => `${count} ${NAMES[state]?.[language] ?? state}`).join(', ');
  if (counted.length > 0) lines.push(say(`Posts: ${list('en')}.`, `Publications : ${list('fr')}.`));
  if (found.nextDueAt !== null) {
    lines.push(say(`Next due: ${found.nextDueAt}.`, `Prochaine échéance : ${found.nextDueAt}.`));
  }
  if (found.problem !== '') lines.push(say(found.problem, found.problem));
  if (!found.appRunning) lines.push(say('All Stop is not running.', 'All Stop n’est pas ouvert.'));
  return lines;
}
