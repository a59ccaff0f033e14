import type { CalendarGapView, CalendarPostView } from '../../src-preload/calendar-views.ts';
import type { AccountGaps, CalendarFilter, CalendarPost } from '../core/calendar.ts';
import { ok } from '../core/result.ts';
import type { Scope } from '../core/scope.ts';
import { type Desk, needDesk } from './desk.ts';
import type { Names } from './directory.ts';
import type { Handlers } from './serve.ts';
import { isHeldByStop, toCounts, whereOf } from './to-view.ts';

type CalendarHandlers = Pick<Handlers, 'calendar.stretches' | 'calendar.page' | 'calendar.gaps'>;

export function createCalendarHandlers(desk: Desk): CalendarHandlers {
  const coveredNow = () =>
    desk.engine.stop.gate
      .covered()
      .filter(({ reason }) => reason === 'stopped')
      .map(({ scope }) => scope);

  return {
    async 'calendar.stretches'({ edges, most, ...asked }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const [found, names] = await Promise.all([
        storage.calendar.stretches(toFilter(asked), edges, most),
        directory.read(),
      ]);
      const covered = coveredNow();
      return ok(
        found.map(({ counts, posts }) => ({
          counts: toCounts(counts),
          posts: posts.map((post) => toCalendarPost(post, names, covered)),
        })),
      );
    },

    async 'calendar.page'({ from, to, offset, limit, ...asked }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const [posts, names] = await Promise.all([
        storage.calendar.page(toFilter(asked), from, to, offset, limit),
        directory.read(),
      ]);
      const covered = coveredNow();
      return ok(posts.map((post) => toCalendarPost(post, names, covered)));
    },

    async 'calendar.gaps'({ from, to, dayEdges, ...asked }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const [gaps, names] = await Promise.all([
        storage.calendar.gaps(toFilter(asked), from, to, dayEdges),
        directory.read(),
      ]);
      const isNarrow = asked.brandId !== undefined || asked.accountId !== undefined;
      return ok(isNarrow ? accountGaps(gaps, names) : brandGaps(gaps, names));
    },
  };
}

/** A filter without the members that were not given. */
export function toFilter(asked: Record<string, unknown>): CalendarFilter {
  return Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''),
  ) as CalendarFilter;
}

function toCalendarPost(post: CalendarPost, names: Names, covered: readonly Scope[]): CalendarPostView {
  return {
    id: post.id,
    ...whereOf(post, names),
    state: post.state,
    isHeldByStop: isHeldByStop(post, names, covered),
    publishAt: post.publishAt,
    localTime: post.localTime,
    timeZone: post.timeZone,
    text: post.text.replace(/\s+/gu, ' ').trim(),
    label: post.label,
    parts: post.parts,
    media: post.media,
    collides: post.collides,
    waitsFor: post.waitsFor,
  };
}

function accountGaps(gaps: readonly AccountGaps[], names: Names): CalendarGapView[] {
  return gaps
    .filter(({ emptyDays }) => emptyDays.length > 0)
    .map(({ accountId, emptyDays }) => ({
      kind: 'account',
      id: accountId,
      name: names.accounts.get(accountId)?.name ?? '',
      emptyDays: [...emptyDays],
    }));
}

/** A brand says nothing on a day when none of its accounts does. */
function brandGaps(gaps: readonly AccountGaps[], names: Names): CalendarGapView[] {
  const empty = new Map<number, readonly number[]>();
  for (const { brandId, emptyDays } of gaps)
    empty.set(brandId, empty.get(brandId)?.filter((day) => emptyDays.includes(day)) ?? emptyDays);
  return [...empty]
    .filter(([, emptyDays]) => emptyDays.length > 0)
    .map(([id, emptyDays]) => ({
      kind: 'brand',
      id,
      name: names.brands.get(id)?.name ?? '',
      emptyDays: [...emptyDays],
    }));
}
