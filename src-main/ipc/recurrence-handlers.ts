import { localTimeOf, zoneName } from '../calendar/local-time.ts';
import { timeOnDate } from '../calendar/recurrence-times.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import { datesOf, isOver, plusDays, RECURRENCE_DAYS_AHEAD, type Recurrence } from '../core/recurrence.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers } from '../core/scope.ts';
import type { Draft } from '../core/stores.ts';
import { contentsFor } from '../core/variant.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import { placeOf } from './directory.ts';
import type { Handlers } from './serve.ts';

type RecurrenceHandlers = Pick<
  Handlers,
  'recurrence.list' | 'recurrence.preview' | 'recurrence.create' | 'recurrence.end'
>;
type Asked = Parameters<Handlers['recurrence.create']>[0];

const TIMES_SHOWN = 5;
/** How far a preview looks for changes of the clocks. */
const CLOCK_DAYS = 731;

/** The shared text; where every account has its own, the first of those. */
function firstSaid({ content, variants }: Pick<Recurrence, 'content' | 'variants'>): string {
  const said = [content, ...variants].map(({ parts }) => parts[0] ?? '');
  return said.find((text) => text.trim() !== '') ?? '';
}

export function createRecurrenceHandlers(desk: Desk): RecurrenceHandlers {
  async function isStoppedOf(open: OpenDesk): Promise<(accountId: number) => boolean> {
    const names = await open.directory.read();
    const covered = desk.engine.stop.gate.covered();
    return (accountId) => {
      const place = placeOf(names, accountId);
      return place !== null && covered.some(({ scope }) => covers(scope, place));
    };
  }

  /** The draft and the rule, refused where nothing could ever be said. */
  async function planOf(
    open: OpenDesk,
    asked: Asked,
  ): Promise<Result<{ draft: Draft; rule: Omit<Recurrence, 'id' | 'accounts'> }>> {
    const draft = (await open.storage.drafts.list()).find(({ id }) => id === asked.draftId);
    if (!draft) return refuse('no-such-draft', 'This draft is no longer there.');
    if (draft.accountIds.length === 0)
      return refuse('draft-no-accounts', 'This draft names no account. Choose its accounts first.');
    const timeZone = zoneName(asked.timeZone);
    if (timeZone === null) return refuse('no-such-zone', `“${asked.timeZone}” is no time zone.`);
    if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(asked.time))
      return refuse('recurrence-time', 'This is no time of day. One is written like 09:30.');
    const { content, variants, label } = draft;
    const { rule, time, from, until, most, gap, twice } = asked;
    const now = desk.clock.now();
    const createdBy = desk.settings.read().personName;
    const whole = { content, variants, label, rule, time, timeZone, from, until, most, gap, twice };
    const today = localTimeOf(now, timeZone).slice(0, 10);
    // A date whose time has passed already is none of those that are counted.
    const todayAt = timeOnDate({ time, timeZone, gap, twice }, today).time;
    const first = todayAt !== null && todayAt.publishAt > now ? today : plusDays(today, 1);
    const start = [from, first].sort()[1] ?? first;
    const isEmpty = datesOf({ rule, from: start, until, most }, plusDays(start, 400)).length === 0;
    if (isEmpty) return refuse('recurrence-empty', 'This rule has no date to come.');
    return ok({ draft, rule: { ...whole, from: start, createdAt: now, createdBy } });
  }

  return {
    async 'recurrence.list'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const now = desk.clock.now();
      const [all, names, isStopped] = await Promise.all([
        storage.recurrences.list(),
        directory.read(),
        isStoppedOf(open.value),
      ]);
      const views = [];
      for (const one of all) {
        const posts = await storage.recurrences.postsToCome(one.id, now);
        const madeUpTo = one.accounts.map((account) => account.madeUpTo).sort()[0] ?? '';
        views.push({
          id: one.id,
          text: firstSaid(one).slice(0, 300),
          label: one.label,
          rule: one.rule,
          time: one.time,
          timeZone: one.timeZone,
          from: one.from,
          until: one.until,
          most: one.most,
          accounts: one.accounts.map(({ accountId }) => {
            const account = names.accounts.get(accountId);
            return {
              accountId,
              name: account?.name ?? '',
              brand: names.brands.get(account?.brandId ?? 0)?.name ?? '',
              isStopped: isStopped(accountId),
            };
          }),
          postsToCome: posts.length,
          next: [...new Set(posts.map(({ at }) => at))].slice(0, TIMES_SHOWN),
          isOver: madeUpTo !== '' && isOver(one, madeUpTo),
        });
      }
      return ok(views);
    },

    async 'recurrence.preview'(asked) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const plan = await planOf(open.value, asked);
      if (!plan.ok) return plan;
      const { rule, draft } = plan.value;
      const now = desk.clock.now();
      const isStopped = await isStoppedOf(open.value);
      const today = localTimeOf(now, rule.timeZone).slice(0, 10);
      const horizon = plusDays(today, RECURRENCE_DAYS_AHEAD);
      const times = datesOf(rule, plusDays(today, CLOCK_DAYS)).map((date) => ({
        date,
        ...timeOnDate(rule, date),
      }));
      const coming = times.flatMap(({ date, time }) =>
        time !== null && time.publishAt > now ? [{ date, at: time.publishAt }] : [],
      );
      const near = coming.filter(({ date }) => date <= horizon);
      const stopped = draft.accountIds.filter(isStopped).length;
      return ok({
        dates: near.length,
        posts: near.length * (draft.accountIds.length - stopped),
        next: coming.slice(0, TIMES_SHOWN).map(({ at }) => at),
        gap: times.filter(({ clock }) => clock === 'gap').length,
        twice: times.filter(({ clock }) => clock === 'twice').length,
        stopped,
      });
    },

    async 'recurrence.create'(asked) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const plan = await planOf(open.value, asked);
      if (!plan.ok) return plan;
      const { rule, draft } = plan.value;
      const names = await open.value.directory.read();
      const contentOf = contentsFor(rule.content, rule.variants);
      for (const accountId of draft.accountIds) {
        const account = names.accounts.get(accountId);
        const connector = account && desk.connectorFor(account.network);
        if (!account || !connector) return refuse('no-such-account', 'An account is no longer there.');
        const problems = checkContent(contentOf(accountId), connector.limitsOf(account.settings));
        const error = problems.find(({ level }) => level === 'error');
        if (error) return refuse('does-not-fit', `${account.name}: ${error.message[desk.language()]}`);
      }
      const id = await open.value.storage.recurrences.create(rule, draft.accountIds);
      desk.engine.record({
        event: 'recurrence.created',
        by: rule.createdBy,
        details: { recurrence: id, text: firstSaid(rule).slice(0, 60) },
      });
      const made = await open.value.recurrences.topUp();
      deskChanged(desk);
      return ok({ made });
    },

    async 'recurrence.end'({ recurrenceId, posts }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage } = open.value;
      const now = desk.clock.now();
      // Ended first: nothing is made between looking and canceling.
      if (!(await storage.recurrences.end(recurrenceId, now)))
        return refuse('no-such-recurrence', 'This recurring post was ended already.');
      const by = desk.settings.read().personName;
      desk.engine.record({ event: 'recurrence.ended', by, details: { recurrence: recurrenceId } });
      let canceled: readonly number[] = [];
      if (posts === 'cancel') {
        const coming = await storage.recurrences.postsToCome(recurrenceId, now);
        const ids = coming.map(({ id }) => id);
        canceled = (await storage.posts.move(ids, 'canceled', 'by-person', '', now)).moved;
        if (canceled.length > 0)
          desk.engine.record({ event: 'posts.canceled', by, details: { posts: [...canceled] } });
      }
      deskChanged(desk);
      return ok({ canceled: canceled.length });
    },
  };
}
