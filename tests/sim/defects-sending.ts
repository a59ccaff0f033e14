import type { Connector, ConnectorContext, Outcome } from '../../src-main/core/connector.ts';
import { decideSend } from '../../src-main/core/gate.ts';
import type { SeededDefect } from './defects.ts';

const withOutcome = (change: (outcome: Outcome) => Outcome): SeededDefect['defect'] => ({
  connector: (connector) => ({
    ...connector,
    publish: async (context, request) => change(await connector.publish(context, request)),
  }),
});

const withContext = (
  change: (context: ConnectorContext) => Partial<ConnectorContext>,
): SeededDefect['defect'] => ({
  connector: (connector) => ({
    ...connector,
    publish: (context, request) => connector.publish({ ...context, ...change(context) }, request),
  }),
});

/** Tries again within one attempt, as HTTP clients do when nobody looks. */
const againWhen = (isAgain: (outcome: Outcome) => boolean): SeededDefect['defect'] => ({
  connector: (connector): Connector => ({
    ...connector,
    async publish(context, request) {
      const outcome = await connector.publish(context, request);
      return isAgain(outcome) ? connector.publish(context, request) : outcome;
    },
  }),
});

/** Mistakes in what is sent, and in what is made of the answer. */
export const SENDING_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'the gate is asked before connecting only',
    promise: 'D-03',
    defect: withContext(() => ({ sendBy: (write) => write() })),
  },
  {
    name: 'the gate is asked for the first part of a thread only',
    promise: 'S-24',
    defect: {
      connector: (connector) => ({
        ...connector,
        publish(context, request) {
          let isFirst = true;
          const sendBy: ConnectorContext['sendBy'] = (write) => {
            if (!isFirst) return write();
            isFirst = false;
            return context.sendBy(write);
          };
          return connector.publish({ ...context, sendBy }, request);
        },
      }),
    },
  },
  {
    name: 'no answer counts as not sent',
    promise: 'D-06',
    defect: withOutcome((outcome) =>
      outcome.kind === 'unconfirmed' ? { kind: 'not-sent', detail: outcome.detail } : outcome,
    ),
  },
  {
    name: 'an answer that says nothing counts as try later',
    promise: 'D-06',
    defect: withOutcome((outcome) =>
      outcome.kind === 'unconfirmed' && outcome.detail === 'unclear'
        ? { kind: 'try-later', detail: '', notBefore: null }
        : outcome,
    ),
  },
  {
    name: 'an answer that says nothing counts as refused',
    promise: 'G-18',
    defect: withOutcome((outcome) =>
      outcome.kind === 'unconfirmed' && outcome.refs.length === 0
        ? { kind: 'refused', detail: outcome.detail }
        : outcome,
    ),
  },
  {
    name: 'no answer counts as published',
    promise: 'G-18',
    defect: withOutcome((outcome) =>
      outcome.kind === 'unconfirmed' ? { kind: 'published', refs: outcome.refs } : outcome,
    ),
  },
  {
    name: 'a cut thread is begun again',
    promise: 'D-10',
    defect: withOutcome((outcome) => (outcome.kind === 'cut' ? { kind: 'not-sent', detail: '' } : outcome)),
  },
  {
    name: 'the client repeats a request that got no answer',
    promise: 'D-07',
    defect: againWhen(({ kind }) => kind === 'unconfirmed'),
  },
  {
    name: 'every request is made twice',
    promise: 'I-2',
    defect: againWhen(({ kind }) => kind === 'published'),
  },
  {
    name: 'what the publisher was sending when it ended counts as not sent',
    promise: 'D-05',
    defect: {
      schedulerDeps: (deps) => ({
        ...deps,
        send: async (claim) => {
          const outcome = await deps.send(claim);
          return outcome.kind === 'unconfirmed' && outcome.detail.startsWith('The publisher ended')
            ? { kind: 'not-sent', detail: '' }
            : outcome;
        },
      }),
    },
  },
  {
    name: 'an unconfirmed call is made once more',
    promise: 'S-22',
    defect: {
      schedulerDeps: (deps) => ({
        ...deps,
        send: async (claim) => {
          const outcome = await deps.send(claim);
          return outcome.kind === 'unconfirmed' ? deps.send(claim) : outcome;
        },
      }),
    },
  },
  {
    name: 'there is no cap on calls in flight',
    promise: 'I-10',
    defect: {
      schedulerDeps: (deps) => ({ ...deps, inFlightCap: () => 99 }),
      decide: (ask) => decideSend({ ...ask, cap: 99 }),
    },
  },
  {
    name: 'an account that is signed out is asked again and again, for good',
    promise: 'G-18',
    defect: withOutcome((outcome) =>
      outcome.kind === 'signed-out' ? { kind: 'published', refs: [] } : outcome,
    ),
  },
];
