import { readSurroundings } from './cli/control-place.ts';
import { type StopAnswer, type StopRequest, serveControl } from './cli/control-socket.ts';
import { POST_STATES } from './core/post.ts';
import { EVERYTHING } from './core/scope.ts';
import type { Engine } from './engine.ts';
import { readNextToGo } from './ipc/next-to-go.ts';
import type { DeskHolder } from './open-desk.ts';
import { readNames, resolveScope } from './stop/scope-names.ts';

/** Lets the command line ask for the status and stop: nothing else. */
export function listen(dataDir: string, engine: Engine, holder: DeskHolder) {
  return serveControl({
    dataDir,
    around: readSurroundings(process.env),
    onStatus: () => readStatus(engine, holder),
    onStop: (request) => stop(engine, request),
  });
}

/** What `status` is answered with while the app runs. Counts are null while the database is closed. */
async function readStatus(engine: Engine, holder: DeskHolder): Promise<unknown> {
  const status = engine.stop.status();
  const open = holder.open();
  const posts = open?.storage.posts;
  const flying = engine.publisher.inFlight({ kind: 'everything' });
  const [counts, nextDueAt] = await Promise.all([
    posts?.counts().catch(() => null) ?? null,
    open ? readNextToGo(open, status.stops, Date.now()).catch(() => null) : null,
  ]);
  return {
    state: status.state,
    epoch: status.epoch,
    stops: status.stops,
    countdowns: status.countdowns,
    counts: counts && Object.fromEntries(POST_STATES.map((state) => [state, counts[state]])),
    inFlight: flying,
    nextDueAt: nextDueAt === null ? null : new Date(nextDueAt).toISOString(),
    problem: holder.problem() || engine.problem(),
  };
}

/** Engages before it returns its promise, which resolves when the stop is confirmed or cannot be. */
async function stop(engine: Engine, request: StopRequest): Promise<StopAnswer> {
  const names = readNames(engine.paths.names);
  const asked = request.scopes.length > 0 ? request.scopes : [''];
  const found = asked.map((text) => ({ text, scope: resolveScope(text, names) }));
  const unknown = found.flatMap(({ text, scope }) => (scope === null ? [text] : []));
  const engaged = engine.stop.engageAll(
    found.map(({ scope }) => ({
      scope: scope ?? EVERYTHING,
      control: 'command-line',
      by: request.by,
      reason: request.reason,
      widenedFrom: scope === null ? unknown.join(', ') : '',
    })),
  );
  const settled = await Promise.all(engaged.map(({ id }) => engine.stop.settled(id)));
  // What came of this request: the stop in force may be an earlier one, with an origin of its own.
  const widened = found.filter(
    ({ scope }, index) => scope?.kind !== 'everything' && settled[index]?.scope.kind === 'everything',
  );
  return {
    isDurable: settled.every((one) => one.isDurable),
    isSilent: settled.every((one) => one.isSilent),
    widenedFrom: widened.map(({ text }) => text).join(', '),
    todo: settled.find((one) => one.todo !== '')?.todo ?? '',
  };
}
