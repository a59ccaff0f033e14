import { connectorFor } from './connectors/index.ts';
import type { Clock } from './core/clock.ts';
import type { KnownList } from './core/elsewhere-list.ts';
import type { Storage } from './core/stores.ts';
import { serviceFor } from './elsewhere/index.ts';
import { readSources } from './elsewhere-sources.ts';
import type { Engine } from './engine.ts';
import type { Directory } from './ipc/directory.ts';
import { createWatchElsewhere, type WatchElsewhere } from './watch-elsewhere.ts';

/** What was read last, kept with the database: after a start without a network it is still known what may go out. */
const FACT = 'scheduled-elsewhere';

/** `createWatchElsewhere` over the app's engine and database. */
export function watchElsewhere(deps: {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly open: () => { readonly storage: Storage; readonly directory: Directory } | null;
  /** What is shown of it changed; `hasLines`: the journal, too. */
  readonly onChange: (hasLines: boolean) => void;
}): WatchElsewhere {
  const { engine, clock } = deps;
  return createWatchElsewhere({
    clock,
    async sources() {
      const open = deps.open();
      return open ? await readSources({ open, connectorFor, serviceFor, lookUps: engine.lookUps }) : null;
    },
    stops: () => engine.stop.status().stops,
    onStops: engine.stop.onChange,
    async load() {
      const open = deps.open();
      if (!open) return null;
      const text = await open.storage.facts.read(FACT);
      return text === null ? {} : (JSON.parse(text) as Record<string, KnownList>);
    },
    async keep(lists) {
      await deps.open()?.storage.facts.write(FACT, JSON.stringify(lists));
    },
    record(events) {
      if (events.length === 0) return true;
      const isTaken = engine.journal.appendSoon(events);
      deps.onChange(true);
      return isTaken;
    },
    nameOfBrand: (id) => deps.open()?.directory.latest()?.brands.get(id)?.name ?? '',
    onChange: () => deps.onChange(false),
  });
}
