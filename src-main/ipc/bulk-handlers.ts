import type { BulkLast } from '../../src-preload/queue-views.ts';
import { zoneName } from '../calendar/local-time.ts';
import { BULK_FROM, type BulkKind, canUndo, type DoneChange } from '../core/bulk.ts';
import type { Post, PostId } from '../core/post.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers } from '../core/scope.ts';
import { applyBulk, type BulkWork, type Undone, undoBulk } from './bulk-apply.ts';
import { type BulkOrder, type BulkPlan, createBulkPlan } from './bulk-plan.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import { type Names, placeOf } from './directory.ts';
import { nextFreeSlots } from './free-slots.ts';
import { planWarningFor } from './plan-warning.ts';
import type { Handlers } from './serve.ts';
import { toFilter } from './to-filter.ts';
import { wantedInstant } from './wanted-instant.ts';

type BulkHandlers = Pick<Handlers, 'bulk.preview' | 'bulk.apply' | 'bulk.stop' | 'bulk.last' | 'bulk.undo'>;
type Asked = Parameters<Handlers['bulk.preview']>[0];

/** Posts of one step: what is planned of each is kept in memory until it is done and until it is taken back. */
const MOST_POSTS = 100_000;
/** Ids in one line of the journal. */
const IDS_A_LINE = 5_000;

const EVENTS: Readonly<Record<BulkKind, string>> = {
  hold: 'posts.held',
  resume: 'posts.resumed',
  cancel: 'posts.canceled',
  draft: 'posts.to-draft',
  move: 'posts.rescheduled',
  slots: 'posts.rescheduled',
  hours: 'posts.rescheduled',
  days: 'posts.rescheduled',
  account: 'posts.to-account',
  labels: 'posts.labelled',
};

/** One step over many posts: looked at first, done as it was shown, taken back once. */
export function createBulkHandlers(desk: Desk): BulkHandlers {
  let asked = 0;
  let prepared: { readonly id: string; readonly plan: BulkPlan } | null = null;
  let isRunning = false;
  let isBrokenOff = false;
  let last: (BulkLast & { kind: BulkKind; accountId: number | null; done: readonly DoneChange[] }) | null =
    null;

  const by = () => desk.settings.read().personName;
  const coveredNow = () => desk.engine.stop.gate.covered().map(({ scope }) => scope);

  async function orderOf(
    open: OpenDesk,
    change: Asked['change'],
    target: Asked['target'],
  ): Promise<Result<BulkOrder>> {
    switch (change.kind) {
      case 'slots': {
        // All of them leave their present times, so those take no slot.
        const leaving = new Set<PostId>();
        const wanted = new Map<number, number>();
        for await (const posts of postsOf(open, target)) {
          for (const { id, accountId, state } of posts) {
            if (leaving.has(id) || !BULK_FROM.slots.includes(state)) continue;
            leaving.add(id);
            wanted.set(accountId, (wanted.get(accountId) ?? 0) + 1);
          }
          if (leaving.size > MOST_POSTS) break;
        }
        return ok({ kind: 'slots', free: await nextFreeSlots(open, desk.clock.now(), wanted, leaving) });
      }
      case 'move': {
        const first = wantedInstant(desk, change);
        if (!first.ok) return first;
        const timeZone = zoneName(change.timeZone) ?? change.timeZone;
        return ok({ kind: 'move', first: first.value, timeZone, spacingMs: change.spacingMinutes * 60_000 });
      }
      case 'account': {
        const account = (await open.directory.read()).accounts.get(change.accountId);
        const connector = account && desk.connectorFor(account.network);
        if (!account || !connector) return refuse('no-such-account', 'This account is no longer there.');
        const limits = connector.limitsOf(account.settings);
        const asksYes = (await open.storage.yes.brands()).has(account.brandId);
        return ok({ kind: 'account', account, limits, asksYes });
      }
      default:
        return ok(change);
    }
  }

  async function* postsOf({ storage }: OpenDesk, target: Asked['target']): AsyncGenerator<readonly Post[]> {
    if ('filter' in target) {
      yield* storage.posts.stream(toFilter(target.filter));
      return;
    }
    const posts = await storage.posts.readMany(target.postIds);
    yield [...posts].sort((a, b) => a.publishAt - b.publishAt || a.id - b.id);
  }

  const workOf = (open: OpenDesk, names: Names, total: number): BulkWork => ({
    storage: open.storage,
    isCovered: (accountId) => {
      const place = placeOf(names, accountId);
      return place !== null && coveredNow().some((scope) => covers(scope, place));
    },
    now: desk.clock.now,
    isBrokenOff: () => isBrokenOff,
    onProgress: (done) => desk.notify('bulk.progress', { done, total }),
    onPlanned: (posts, how) => desk.engine.recordPlanned(posts, how, by()),
  });

  /** Each line waits for the disk: others have their turn in between. */
  async function record(
    event: string,
    ids: readonly PostId[],
    details: Record<string, number> = {},
  ): Promise<void> {
    for (let from = 0; from < ids.length; from += IDS_A_LINE) {
      desk.engine.record({
        event,
        by: by(),
        details: { ...details, posts: ids.slice(from, from + IDS_A_LINE) },
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** One step at a time; what is under way when another is asked for goes on. */
  async function alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (isRunning) return refuse('bulk-running', 'Another step over many posts is under way. Wait for it.');
    isRunning = true;
    isBrokenOff = false;
    try {
      return await work();
    } finally {
      isRunning = false;
      deskChanged(desk);
    }
  }

  return {
    async 'bulk.preview'({ target, change }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      asked += 1;
      const mine = asked;
      const order = await orderOf(open.value, change, target);
      if (!order.ok) return order;
      if (mine !== asked) return refuse('bulk-replaced', 'Another step was looked at meanwhile.');
      const planner = createBulkPlan({
        order: order.value,
        names: await open.value.directory.read(),
        covered: coveredNow(),
        now: desk.clock.now(),
        language: desk.language(),
      });
      for await (const posts of postsOf(open.value, target)) {
        if (mine !== asked) return refuse('bulk-replaced', 'Another step was looked at meanwhile.');
        planner.add(posts);
        if (planner.size() > MOST_POSTS)
          return refuse('bulk-too-many', `One step reaches at most ${MOST_POSTS} posts. Narrow the filter.`);
      }
      const { stream } = open.value.storage.posts;
      const plan = await planner.finish((accountId, from, to) =>
        stream({ accountId, from, to, states: ['scheduled', 'publishing', 'published', 'unconfirmed'] }),
      );
      if (mine !== asked) return refuse('bulk-replaced', 'Another step was looked at meanwhile.');
      const id = Buffer.from(desk.randomBytes(12)).toString('hex');
      prepared = { id, plan };
      return ok({ previewId: id, ...plan.preview });
    },

    async 'bulk.apply'({ previewId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (prepared?.id !== previewId)
        return refuse('bulk-no-preview', 'This preview is no longer there. Look at the step again.');
      const { plan } = prepared;
      return alone(async () => {
        prepared = null;
        const names = await open.value.directory.read();
        const done: DoneChange[] = [];
        try {
          await applyBulk(workOf(open.value, names, plan.entries.length), plan, done);
        } finally {
          const ids = done.map(({ before }) => before.id);
          await record(EVENTS[plan.kind], ids, plan.accountId === null ? {} : { account: plan.accountId });
          if (done.length > 0)
            last = {
              kind: plan.kind,
              accountId: plan.accountId,
              at: desk.clock.now(),
              changed: done.length,
              done: canUndo(plan.kind) ? done : [],
            };
        }
        const times = done.filter(({ before, after }) => after.publishAt !== before.publishAt);
        return ok({
          changed: done.length,
          left: isBrokenOff ? 0 : plan.entries.length - done.length,
          isBrokenOff,
          canUndo: done.length > 0 && canUndo(plan.kind),
          planWarning: await planWarningFor(
            desk,
            open.value,
            times.length === 0 ? [] : [least(times), most(times)],
          ),
        });
      });
    },

    async 'bulk.stop'() {
      isBrokenOff = isRunning;
      return ok({ stopped: isRunning });
    },

    async 'bulk.last'() {
      if (last === null || last.done.length === 0) return ok(null);
      const { kind, at, changed } = last;
      return ok({ kind, at, changed });
    },

    async 'bulk.undo'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const step = last;
      if (step === null || step.done.length === 0)
        return refuse('bulk-no-undo', 'There is no step that can be taken back.');
      return alone(async () => {
        const names = await open.value.directory.read();
        const undone: Undone = { restored: [], left: new Map(), through: 0 };
        last = null;
        try {
          await undoBulk(
            workOf(open.value, names, step.done.length),
            step.kind,
            step.done,
            { names, accountId: step.accountId },
            undone,
          );
        } finally {
          // What it did not come to can still be taken back.
          const rest = step.done.slice(undone.through);
          if (rest.length > 0) last = { ...step, changed: rest.length, done: rest };
          for (const [event, ids] of eventsOf(step.kind, undone.restored)) await record(event, ids);
        }
        const { restored, left } = undone;
        return ok({
          restored: restored.length,
          left: [...left].map(([reason, count]) => ({ reason, count })),
        });
      });
    },
  };
}

/** What an undo made of the posts, as the journal names it. */
function eventsOf(kind: BulkKind, restored: readonly DoneChange[]): ReadonlyMap<string, readonly PostId[]> {
  const events = new Map<string, PostId[]>();
  for (const { before, after } of restored) {
    const event =
      kind === 'labels'
        ? 'posts.labelled'
        : kind === 'account'
          ? 'posts.to-account'
          : after.state === 'missed'
            ? 'posts.set-back'
            : after.publishAt !== before.publishAt
              ? 'posts.rescheduled'
              : after.state === 'held'
                ? 'posts.held'
                : 'posts.resumed';
    const ids = events.get(event) ?? [];
    ids.push(before.id);
    events.set(event, ids);
  }
  return events;
}

const least = (done: readonly DoneChange[]) =>
  done.reduce((at, { after }) => Math.min(at, after.publishAt), Number.POSITIVE_INFINITY);
const most = (done: readonly DoneChange[]) =>
  done.reduce((at, { after }) => Math.max(at, after.publishAt), Number.NEGATIVE_INFINITY);
