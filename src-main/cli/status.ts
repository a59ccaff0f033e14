import { existsSync } from 'node:fs';
import { type Said, say } from '../calendar/said.ts';
import { POST_STATES } from '../core/post.ts';
import type { Scope } from '../core/scope.ts';
import type { Countdown, EngagedStop, PublishingState } from '../core/stop-types.ts';
import { databasePath } from '../data-folder.ts';
import { readNames, type ScopeNames } from '../stop/scope-names.ts';
import { stopPaths } from '../stop/stop-files.ts';
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
  /** What was released and is not sent yet; only the app tells it. */
  readonly countdowns?: readonly Countdown[];
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
  const names = readNames(stopPaths(line.dataDir).names);
  for (const sentence of sentencesOf(found, names)) output.say(sentence);
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

/** The first sentence: armed is not yet publishing, neither while the app is closed nor before a countdown is over. */
function sentenceOfState({ state, appRunning, countdowns = [] }: Status): Said {
  if (state !== 'publishing') return STATES[state] ?? say(state, state);
  if (!appRunning) {
    return say(
      'Nothing is published while All Stop is not running. Nothing is stopped: it publishes once it is open.',
      'Rien n’est publié tant qu’All Stop n’est pas ouvert. Rien n’est arrêté : il publiera dès qu’il sera ouvert.',
    );
  }
  const whole = countdowns.find(({ scope }) => scope.kind === 'everything');
  return whole === undefined ? STATES.publishing : startsAgain(null, whole.endsAt);
}

/** `of`: what it is that starts again; null for everything. */
function startsAgain(of: Said | null, endsAt: number): Said {
  const time = new Date(endsAt).toTimeString().slice(0, 8);
  const [en, fr] = [of ? ` (${of.en})` : '', of ? ` (${of.fr})` : ''];
  return say(
    `Publishing${en} starts again at ${time} (countdown).`,
    `La publication${fr} reprend à ${time} (compte à rebours).`,
  );
}

/** A brand by its name where that is known. */
function nameOf(scope: Scope, names: ScopeNames | null): Said {
  switch (scope.kind) {
    case 'everything':
      return say('everything', 'tout');
    case 'brand': {
      const name = names?.brands.find(({ id }) => id === scope.brandId)?.name ?? `#${scope.brandId}`;
      return say(`brand ${name}`, `marque ${name}`);
    }
    case 'account': {
      const account = names?.accounts.find(({ id }) => id === scope.accountId);
      const brand = names?.brands.find(({ id }) => id === account?.brandId)?.name ?? '';
      const name = account ? `${brand}/${account.network}/${account.name}` : `#${scope.accountId}`;
      return say(`account ${name}`, `compte ${name}`);
    }
    case 'market':
      return say(`market ${scope.market}`, `marché ${scope.market}`);
    case 'network':
      return say(`network ${scope.network}`, `réseau ${scope.network}`);
  }
}

function sentencesOf(found: Status, names: ScopeNames | null): readonly Said[] {
  const lines: Said[] = [sentenceOfState(found)];
  for (const { scope, endsAt } of found.countdowns ?? []) {
    if (scope.kind === 'everything') continue;
    const { en, fr } = startsAgain(nameOf(scope, names), endsAt);
    lines.push(say(`  ${en}`, `  ${fr}`));
  }
  for (const one of found.stops) {
    const when = new Date(one.engagedAt).toISOString();
    const [by, reason] = [one.by === '' ? '' : `, ${one.by}`, one.reason === '' ? '' : `: ${one.reason}`];
    const { en, fr } = nameOf(one.scope, names);
    lines.push(
      say(`  stop (${en}) since ${when}${by}${reason}`, `  arrêt (${fr}) depuis ${when}${by}${reason}`),
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
  if (!found.appRunning && found.state !== 'publishing')
    lines.push(say('All Stop is not running.', 'All Stop n’est pas ouvert.'));
  return lines;
}
