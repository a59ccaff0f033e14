import { atMost, median, ms, thousands, times } from './figures.ts';
import type { Findings, SizeFindings } from './findings.ts';

/** One of the aims, with what this run found. `isMet` is null where it was not measured, or cannot be here. */
export type Verdict = {
  readonly name: string;
  readonly found: string;
  readonly aim: string;
  readonly isMet: boolean | null;
};

/**
 * Published figures of BullMQ 5 with Redis on another machine. It needs a server, so it does not run beside: a line to look along,
 * nothing that was measured here.
 */
export const BULLMQ = { stopMs: 1.4, p99Ms: 444 };

/** Sets what was found beside the fourteen aims. */
export function judge(findings: Findings): Verdict[] {
  return [
    ...judgeStops(findings),
    ...judgeKills(findings),
    ...judgeStarts(findings),
    ...judgeDispatch(findings),
    ...judgeBlocks(findings),
  ].sort((a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10));
}

const all = (verdicts: readonly (boolean | null)[]): boolean | null =>
  verdicts.every((isMet) => isMet === null) ? null : !verdicts.includes(false);

const sizeOf = (findings: Findings, posts: number): SizeFindings | undefined =>
  findings.sizes.find((size) => size.posts === posts);

const bySize = (findings: Findings, text: (size: SizeFindings) => string | null): string =>
  findings.sizes
    .flatMap((size) => {
      const found = text(size);
      return found === null ? [] : [`${thousands(size.posts)}: ${found}`];
    })
    .join('; ') || 'not measured';

function judgeStops(findings: Findings): Verdict[] {
  const { sizes } = findings;
  const stops = sizes.flatMap(({ stop }) => (stop ? [stop] : []));
  const at = (posts: number) => sizeOf(findings, posts)?.stop ?? null;
  const grows = (of: (stop: NonNullable<SizeFindings['stop']>) => number) =>
    ratio(at(1_000_000), at(100_000), (stop) => of(stop));
  const clear = median(sizeOf(findings, 100_000)?.timers.map((run) => run.clear) ?? []);
  const gate = at(100_000)?.withProcess.shut.p50 ?? Number.NaN;
  const updateAll = findings.floor?.updateIndexed ?? Number.NaN;
  const durable = at(100_000)?.idle.durable.p50 ?? Number.NaN;
  const overFloor = stops.map(({ idle }) => idle.durable.p50 / idle.floor.p50);
  const burstOverFloor = stops.map(({ burst }) => burst.durable.p50 / burst.floor.p50);
  const began = stops.reduce((sum, stop) => sum + stop.startsAfter, 0);
  const presses = stops.reduce((sum, stop) => sum + stop.presses, 0);
  const besides = (stop: NonNullable<SizeFindings['stop']>) =>
    [{ idle: stop.idle, busy: stop.queued }, stop.importing, stop.copying].map(
      ({ idle, busy }) => busy.durable.p50 / idle.durable.p50,
    );
  return [
    {
      name: '1. posts started after the call',
      found: stops.length === 0 ? 'not measured' : `${began} in ${presses} presses`,
      aim: '0, always',
      isMet: stops.length === 0 ? null : began === 0,
    },
    {
      name: '2. gate, of clearTimeout(100k) beside it',
      found: times(gate / clear),
      aim: '≤ 1/50 (0.02 ×)',
      isMet: atMost(gate / clear, 1 / 50),
    },
    {
      name: '2. gate, 1M ÷ 100k',
      found: times(grows(({ withProcess }) => withProcess.shut.p50)),
      aim: '≤ 1.5 ×',
      isMet: atMost(
        grows(({ withProcess }) => withProcess.shut.p50),
        1.5,
      ),
    },
    {
      name: '3. durable stop, of unlink + fsync of the folder',
      found: bySize(
        findings,
        ({ stop }) =>
          stop &&
          `idle ${times(stop.idle.durable.p50 / stop.idle.floor.p50)}, in a burst ${times(stop.burst.durable.p50 / stop.burst.floor.p50)}`,
      ),
      aim: '≤ 2 ×',
      isMet: all([...overFloor, ...burstOverFloor].map((value) => atMost(value, 2))),
    },
    {
      name: '3. durable stop, 1M ÷ 100k',
      found: times(grows(({ idle }) => idle.durable.p50)),
      aim: '≤ 1.5 ×',
      isMet: atMost(
        grows(({ idle }) => idle.durable.p50),
        1.5,
      ),
    },
    {
      name: '3. durable stop, of updating every row at 100k',
      found: times(durable / updateAll),
      aim: '≤ 1/200 (0.005 ×)',
      isMet: atMost(durable / updateAll, 1 / 200),
    },
    {
      name: '3. durable stop, beside the published 1.4 ms of BullMQ (not run here)',
      found: ms(durable),
      aim: 'for reference',
      isMet: null,
    },
    {
      name: '4. durable stop with 200 writes queued, an import, a file copy, of the idle one in turn',
      found: bySize(findings, ({ stop }) => stop && besides(stop).map(times).join(', ')),
      aim: '≤ 2 ×',
      isMet: all(stops.flatMap(besides).map((value) => atMost(value, 2))),
    },
    {
      name: '7. stop of a brand, of an account, of a stop of everything (until the call returns)',
      found: bySize(
        findings,
        ({ stop }) =>
          stop &&
          [stop.brand, stop.account]
            .map((narrow) => times(narrow.returned.p50 / stop.idle.returned.p50))
            .join(', '),
      ),
      aim: '≤ 1.2 ×',
      isMet: all(
        stops.flatMap(({ brand, account, idle }) =>
          [brand, account].map((narrow) => atMost(narrow.returned.p50 / idle.returned.p50, 1.2)),
        ),
      ),
    },
    {
      name: '7. it holds posts added later, and only those',
      found: bySize(
        findings,
        ({ stop }) => stop && `${stop.narrowLetThrough} let through, ${stop.narrowOthersSent} of others sent`,
      ),
      aim: '0 let through',
      isMet: all(
        stops.map(({ narrowLetThrough, narrowOthersSent }) => narrowLetThrough === 0 && narrowOthersSent > 0),
      ),
    },
  ];
}

function judgeKills({ kill, aborts, sizes }: Findings): Verdict[] {
  const releases = sizes.flatMap(({ release }) => (release ? [release] : []));
  const begun = releases.reduce((sum, release) => sum + release.begunByRelease, 0);
  const wasTried = releases.every((release) => release.laterBegun === release.laterWanted);
  const crashes = kill?.crashes ?? [];
  const sum = (of: (crash: (typeof crashes)[number]) => number) =>
    crashes.reduce((total, crash) => total + of(crash), 0);
  return [
    {
      name: '5. starts after stop, kill -9, restart',
      found: kill
        ? `${kill.startsAfterRestart} in ${kill.stops} tries, ${kill.notStopped} not stopped`
        : 'not measured',
      aim: '0',
      isMet: kill ? kill.startsAfterRestart === 0 && kill.notStopped === 0 : null,
    },
    {
      name: '6. aborts that reach the call in flight before the durable write',
      found:
        aborts
          .map(
            (abort) =>
              `${abort.inFlight} in flight: ${share(abort.beforeDurable)} before the first durable record, ${share(abort.beforeReturn)} before the call returned, ${share(abort.beforeConfirmed)} before it was confirmed`,
          )
          .join('; ') || 'not measured',
      aim: '100 %',
      isMet: aborts.length === 0 ? null : aborts.every(({ beforeDurable }) => beforeDurable === 1),
    },
    {
      name: '8. overdue posts begun by a release',
      found:
        releases.length === 0
          ? 'not measured'
          : `${begun}${wasTried ? '' : ' (later ones did not all go: not a proof)'}`,
      aim: '0',
      isMet: releases.length === 0 ? null : begun === 0 && wasTried,
    },
    {
      name: '12. crash in mid-dispatch: lost, twice, uncertain, in flight',
      found: kill
        ? `${sum(({ lost }) => lost)} lost, ${sum(({ twice }) => twice)} twice; uncertain ${crashes.map(({ unconfirmed }) => unconfirmed).join(', ')} (at most 100 in flight)`
        : 'not measured',
      aim: '0 lost, 0 twice, uncertain ≤ in flight',
      isMet: kill
        ? crashes.every(({ lost, twice, unconfirmed }) => lost === 0 && twice === 0 && unconfirmed <= 100)
        : null,
    },
  ];
}

function judgeStarts(findings: Findings): Verdict[] {
  const { start } = findings;
  const at = (posts: number) => sizeOf(findings, posts)?.start ?? null;
  const bare = start?.bare.p50 ?? Number.NaN;
  const starts = start?.sizes ?? [];
  const grows = ratio(at(1_000_000), at(10_000), ({ ready }) => ready.p50);
  const largest = starts.at(-1);
  const memory = largest && start ? largest.memory.p50 - start.emptyMemory.p50 : Number.NaN;
  return [
    {
      name: '9. cold start, of bare Node',
      found: bySize(
        findings,
        (size) =>
          size.start &&
          `${times(size.start.ready.p50 / bare)}, with the publisher beside ${times(size.start.readyArmed.p50 / bare)}`,
      ),
      aim: '≤ 2.5 ×',
      isMet: all(starts.map(({ ready }) => atMost(ready.p50 / bare, 2.5))),
    },
    { name: '9. cold start, 1M ÷ 10k', found: times(grows), aim: '≤ 1.25 ×', isMet: atMost(grows, 1.25) },
    {
      name: `11. memory over the empty engine${largest ? ` at ${thousands(largest.posts)}` : ''}`,
      found: Number.isNaN(memory) ? 'not measured' : `${(memory / 1e6).toFixed(1)} MB`,
      aim: '≤ 10 MB',
      isMet: atMost(memory, 10e6),
    },
  ];
}

function judgeDispatch(findings: Findings): Verdict[] {
  const p99 = (size: SizeFindings | undefined) =>
    median(size?.dispatches.map(({ lateness }) => lateness.p99) ?? []);
  const firsts = findings.sizes.flatMap(({ dispatches }) => dispatches.map(({ first }) => first));
  const adds = sizeOf(findings, 100_000)?.loads.flatMap((load) => load.perHundredThousand) ?? [];
  const reference = (posts: number, limit: number): Verdict => {
    const size = sizeOf(findings, posts);
    const found = p99(size);
    const peer = median(size?.plainjob.map(({ lateness }) => lateness.p99) ?? []);
    return {
      name: `10. 5,000 due at once among ${thousands(posts)}: p99 lateness (plainjob beside it: ${ms(peer)})`,
      found: `${ms(found)}, ${times(found / BULLMQ.p99Ms)} of the published BullMQ (not run here), ${times(found / peer)} of plainjob`,
      aim: `≤ ${limit} × BullMQ`,
      isMet: atMost(found / BULLMQ.p99Ms, limit),
    };
  };
  return [
    reference(100_000, 0.4),
    reference(1_000_000, 0.75),
    {
      name: '10. the earliest of them',
      found: firsts.length === 0 ? 'not measured' : ms(Math.max(0, Math.min(...firsts))),
      aim: 'none early by over 1 ms',
      isMet: firsts.length === 0 ? null : Math.min(...firsts) >= -1,
    },
    {
      name: '14. 100,000 posts enqueued durably',
      found: ms(median(adds)),
      aim: '≤ 1 s',
      isMet: atMost(median(adds), 1_000),
    },
  ];
}

function judgeBlocks(findings: Findings): Verdict[] {
  const largest = findings.sizes.at(-1);
  const start = largest?.start?.longestBlock.p50 ?? Number.NaN;
  const stop = largest?.stop ? largest.stop.burst.returned.p50 : Number.NaN;
  const release = largest?.release?.longestBlock ?? Number.NaN;
  const claim = median(largest?.dispatches.map(({ longestBlock }) => longestBlock) ?? []);
  const blocks = [start, stop, release, claim];
  return [
    {
      name: `13. longest block of the event loop at ${thousands(largest?.posts ?? 0)}: start, stop, release, claims of 100`,
      found: blocks.map(ms).join(', '),
      aim: '≤ 10 ms',
      isMet: all(blocks.map((block) => atMost(block, 10))),
    },
  ];
}

function ratio<Found>(over: Found | null, under: Found | null, of: (found: Found) => number): number {
  return over === null || under === null ? Number.NaN : of(over) / of(under);
}

function share(value: number): string {
  return `${(value * 100).toFixed(value === 1 || value === 0 ? 0 : 1)} %`;
}
