import { decideSend, type SendQuestion } from '../../src-main/core/gate.ts';
import type { SeededDefect } from './defects.ts';
import type { World } from './world-parts.ts';

/** Decides as if the files said that this process may. */
const asPermitted = (ask: SendQuestion, change: { permit?: true; latch?: true }): SendQuestion => ({
  ...ask,
  ...(change.permit && { permit: { ok: true, epoch: ask.armedEpoch ?? 0, sendsFrom: 0 } }),
  ...(change.latch && { latch: { state: 'armed', epoch: ask.armedEpoch ?? 0 } }),
});

const freshLease = (ask: SendQuestion): SendQuestion => ({
  ...ask,
  lease: { monotonic: ask.monotonic, wall: ask.now, epoch: ask.armedEpoch ?? 0 },
});

/** Mistakes in the rule of who may send. */
export const GATE_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'the gate looks neither at the permit nor at the latch',
    promise: 'S-14',
    defect: { decide: (ask) => decideSend(asPermitted(ask, { permit: true, latch: true })) },
  },
  {
    name: 'the gate takes a missing permit for a fresh one',
    promise: 'S-14',
    defect: {
      decide: (ask) =>
        decideSend(
          ask.permit.ok || ask.permit.why !== 'missing'
            ? ask
            : asPermitted(ask, { permit: true, latch: true }),
        ),
    },
  },
  {
    name: 'the gate reads the permit once and remembers it',
    promise: 'S-14',
    defect: rememberingPermit(),
  },
  {
    name: 'the permit stays, and the gate does not look at the latch',
    promise: 'S-14',
    defect: {
      decide: (ask) => decideSend(asPermitted(ask, { latch: true })),
      disk: (disk) => ({
        ...disk,
        removePermit(unlinked) {
          unlinked();
          return false;
        },
      }),
    },
  },
  {
    name: 'the gate does not ask how old the lease is',
    promise: 'S-15',
    defect: { decide: (ask) => decideSend(freshLease(ask)) },
  },
  {
    name: 'a lease is good for ten seconds',
    promise: 'S-15',
    defect: {
      decide: (ask) =>
        decideSend(ask.lease && ask.monotonic - ask.lease.monotonic < 10_000 ? freshLease(ask) : ask),
    },
  },
  {
    name: 'the age of the lease is taken from the wall clock',
    promise: 'S-42',
    defect: {
      decide: (ask) => decideSend(ask.lease && ask.now - ask.lease.wall < 1_000 ? freshLease(ask) : ask),
    },
  },
  {
    name: 'the gate does not ask for narrower stops',
    promise: 'S-08',
    defect: { decide: (ask) => decideSend({ ...ask, isCovered: false }) },
  },
  {
    name: 'the gate always says yes',
    promise: 'S-14',
    defect: { decide: () => ({ allow: true }) },
  },
  {
    name: 'the gate always says no',
    promise: 'G-19',
    defect: { decide: () => ({ allow: false, why: 'no' }) },
  },
];

function rememberingPermit(): SeededDefect['defect'] {
  const seen = new WeakMap<World, { readonly epoch: number; readonly permit: SendQuestion['permit'] }>();
  return {
    decide(ask, world) {
      const epoch = ask.armedEpoch ?? 0;
      const known = seen.get(world);
      const permit = known?.epoch === epoch ? known.permit : ask.permit;
      if (permit.ok) seen.set(world, { epoch, permit });
      return decideSend({ ...ask, permit, latch: permit.ok ? { state: 'armed', epoch } : ask.latch });
    },
  };
}
