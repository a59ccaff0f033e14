import { mkdirSync } from 'node:fs';
import { covers, EVERYTHING, type Place, type Scope } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import type { StopParts } from '../../src-main/core/stop-ports.ts';
import type { EngagedStop, PublishingState } from '../../src-main/core/stop-types.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { resolveScope, writeNames } from '../../src-main/stop/scope-names.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { type StopPaths, stopPaths } from '../../src-main/stop/stop-files.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { createFakeClock } from '../support/fake-clock.ts';

export const HOST = 'host-of-this-test';
/** The brands there are, of one market, each with an account on a network of its own. */
export const BRANDS = [1, 2] as const;
const NETWORKS = { 1: 'practice', 2: 'webhook' } as const;
const MARKET = 'France';
const FRANCE: Scope = { kind: 'market', market: MARKET };
const PRACTICE: Scope = { kind: 'network', network: NETWORKS[1] };
const FIRST_ACCOUNT: Scope = { kind: 'account', accountId: 10 };
const brandOf = (brandId: number): Scope => ({ kind: 'brand', brandId });
const NAMES = {
  brands: BRANDS.map((id) => ({ id, name: `Maison ${id}`, market: MARKET })),
  accounts: BRANDS.map((id) => ({ id: id * 10, brandId: id, network: NETWORKS[id], name: 'news' })),
};

export const placeOf = (brandId: (typeof BRANDS)[number]): Place => ({
  accountId: brandId * 10,
  brandId,
  market: MARKET,
  network: NETWORKS[brandId],
});

/** What the app, or the command line, said. */
export type Said = {
  /** '' when it did what was asked; else the code of its refusal. */
  readonly refusal: string;
  readonly state: PublishingState;
  /** The stops it shows as confirmed: durable, and the publisher silent. */
  readonly confirmed: readonly Scope[];
  /** Whether the gate in memory lets each brand pass, before any countdown is asked. */
  readonly opensInMemory: readonly number[];
};

type Prepared = () => Said;

/** Everything a person can do to the stop: first what comes before, unharmed; then, in one step, what is tried. */
export const STOP_OPERATIONS = {
  'start publishing': (paths) => {
    const { stop, say } = open(paths);
    return () => say(stop.start('Zoé').ok ? '' : 'refused');
  },
  'stop everything': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, { kind: 'everything' });
      return say('');
    };
  },
  'stop a brand': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, { kind: 'brand', brandId: 1 });
      return say('');
    };
  },
  'stop a market': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, FRANCE);
      return say('');
    };
  },
  'stop a network': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, PRACTICE);
      return say('');
    };
  },
  'stop an account': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, FIRST_ACCOUNT);
      return say('');
    };
  },
  'stop a network and a brand at once': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, PRACTICE, brandOf(2));
      return say('');
    };
  },
  // Two that say the same share one text under two names.
  'stop two brands at once': (paths) => {
    const { stop, say } = openArmed(paths);
    return () => {
      engage(stop, brandOf(1), brandOf(2));
      return say('');
    };
  },
  'stop everything while a brand is stopped': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, { kind: 'brand', brandId: 1 });
    return () => {
      engage(stop, { kind: 'everything' });
      return say('');
    };
  },
  'press again': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, { kind: 'everything' });
    return () => {
      engage(stop, { kind: 'everything' });
      return say('');
    };
  },
  'give a reason': (paths) => {
    const { stop, say } = openArmed(paths);
    const { id } = engage(stop, { kind: 'everything' });
    return () => {
      const explained = stop.explain(id, 'An attack in the city', 'Zoé');
      return say(explained.ok ? '' : explained.error.code);
    };
  },
  'release all brands': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, { kind: 'everything' });
    return () => say(release(stop, [1, 2]));
  },
  'release one of two brands': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, { kind: 'brand', brandId: 1 });
    engage(stop, { kind: 'everything' });
    return () => say(release(stop, [1]));
  },
  'release two stopped brands': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, { kind: 'brand', brandId: 1 });
    engage(stop, { kind: 'brand', brandId: 2 });
    return () => say(release(stop, [1, 2]));
  },
  'release one of two brands stopped at once': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, brandOf(1), brandOf(2));
    return () => say(release(stop, [1]));
  },
  'release one brand of a market': (paths) => {
    const { stop, say } = openArmed(paths);
    engage(stop, FRANCE);
    return () => say(release(stop, [1]));
  },
  'release a network': (paths) => {
    const { stop, say } = openArmed(paths);
    const { id } = engage(stop, PRACTICE);
    return () => say(release(stop, [], [id]));
  },
  'release a network while everything is stopped': (paths) => {
    const { stop, say } = openArmed(paths);
    const { id } = engage(stop, PRACTICE);
    engage(stop, EVERYTHING);
    return () => say(release(stop, [], [id]));
  },
  'stop everything from outside': (paths) => {
    openArmed(paths).close();
    return () => fromOutside(paths, []);
  },
  'stop a brand from outside': (paths) => {
    openArmed(paths).close();
    writeNames(paths.names, NAMES);
    return () => fromOutside(paths, ['brand:Maison 1']);
  },
  'stop a network and an account from outside': (paths) => {
    openArmed(paths).close();
    writeNames(paths.names, NAMES);
    return () => fromOutside(paths, ['network:practice', 'account:Maison 2/webhook/news']);
  },
} as const satisfies Record<string, (paths: StopPaths) => Prepared>;
export type StopOperation = keyof typeof STOP_OPERATIONS;

/** Carries out the first half, and hands back the second. */
export function prepareStop(operation: StopOperation, dataDir: string): Prepared {
  return STOP_OPERATIONS[operation](stopPaths(dataDir));
}

/** The real stop on real files, its journal with it. Its publisher is silent at once: what is asked here is what the files do. */
function open(paths: StopPaths) {
  mkdirSync(paths.dir, { recursive: true });
  const clock = createFakeClock(Date.now());
  const journal = openJournal({
    path: paths.journal,
    headPath: paths.journalHead,
    now: clock.now,
    monotonic: clock.monotonic,
  });
  let ids = 0;
  const stop = createStop({
    clock,
    newId: () => `stop-${++ids}`,
    disk: createStopDisk(paths, HOST),
    publisher: {
      arm: () => {},
      silence: (onSilent) => onSilent(),
      silenceScope: (_scope, onSilent) => onSilent(),
      kill: () => {},
      inFlight: () => [],
    },
    cancelTimers: () => {},
    wake: () => {},
    record: (event, control, by, details) => void journal.append({ event, control, by, details }),
  });
  stop.open();
  const say = (refusal: string): Said => {
    const { state, stops } = stop.status();
    const covered = stop.gate.covered().map(({ scope }) => scope);
    return {
      refusal,
      state,
      confirmed: stops.flatMap(({ isDurable, isSilent, scope }) => (isDurable && isSilent ? [scope] : [])),
      opensInMemory: stop.gate.isOpen() ? BRANDS.filter((brand) => !coversBrand(covered, brand)) : [],
    };
  };
  return { stop, say, close: () => journal.close() };
}

function openArmed(paths: StopPaths) {
  const opened = open(paths);
  if (!opened.stop.start('Zoé').ok) throw new Error('publishing could not be started');
  return opened;
}

/** One press. @returns the first of the stops it made. */
function engage(stop: StopParts, ...scopes: readonly Scope[]): EngagedStop {
  const words = { control: 'shortcut', by: '', reason: '', widenedFrom: '' } as const;
  return stop.engageAll(scopes.map((scope) => ({ scope, ...words })))[0] as EngagedStop;
}

function release(stop: StopParts, brandIds: readonly number[], stopIds: readonly string[] = []): string {
  const { pressCount } = stop.status();
  const allBrands = BRANDS.map((brandId) => ({ brandId, market: MARKET }));
  const released = stop.release({ brandIds, stopIds, allBrands, by: 'Zoé', pressCount });
  return released.ok ? '' : released.error.code;
}

function fromOutside({ dir }: StopPaths, scopes: readonly string[]): Said {
  const said = stopFromOutside({ dataDir: dir, scopes, control: 'command-line', by: '', reason: '' });
  const isNarrow = scopes.length > 0 && said.widenedFrom === '';
  const isConfirmed = said.isDurable && said.publisher !== 'not-confirmed';
  const covered = isNarrow ? scopes.map((text) => resolveScope(text, NAMES) ?? EVERYTHING) : [EVERYTHING];
  return {
    refusal: '',
    state: isConfirmed ? (isNarrow ? 'publishing' : 'stopped') : 'not-confirmed',
    confirmed: isConfirmed ? covered : [],
    opensInMemory: [],
  };
}

/** Whether all that the brand has is covered. */
export function coversBrand(scopes: readonly Scope[], brandId: (typeof BRANDS)[number]): boolean {
  return scopes.some((scope) => covers(scope, placeOf(brandId)));
}
