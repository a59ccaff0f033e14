import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { FitView, ProblemView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { contentOf, type Form } from './form.ts';
import { followersOf } from './variant-form.ts';

/** The account that leaves least room for a part. */
export type Tightest = { readonly count: number; readonly limit: number; readonly network: string };

/** One problem with everybody it concerns. */
export type SharedProblem = ProblemView & { readonly accountIds: readonly number[] };

const NO_FITS: readonly FitView[] = [];
/** As many accounts as main checks at once. */
const MOST_CHECKED = 1_000;

/** How the text fits every chosen account, asked for at each pause in typing. */
export function useFit(form: Form, desk: DeskIndex) {
  const request = useMemo(
    () => ({ accountIds: form.accountIds.slice(0, MOST_CHECKED), ...contentOf(form) }),
    [form],
  );
  const [asked] = useDebouncedValue(request, 250);
  const isAsked = asked.accountIds.length > 0;
  const read = useRead('text.check', asked, { enabled: isAsked, keep: true });
  const all = isAsked ? (read.data ?? NO_FITS) : NO_FITS;
  const { accountIds } = form;
  const fits = useMemo(() => {
    const chosen = new Set(accountIds);
    return all.filter((fit) => chosen.has(fit.accountId));
  }, [all, accountIds]);
  const byAccount: ReadonlyMap<number, FitView> = useMemo(
    () => new Map(fits.map((fit) => [fit.accountId, fit])),
    [fits],
  );
  return {
    fits,
    /** What is shown was asked for with what is typed now. */
    isCurrent: asked === request && !read.isPlaceholderData && (!isAsked || read.data !== undefined),
    error: read.error,
    byAccount,
    problems: sharedProblems(fits),
    /** Per part of the shared text, among the accounts that say it. */
    tightest: tightestAmong(fits, followersOf(form), form.parts, desk),
    /** Per part of a text that these accounts say. */
    tightestOn: (accountIds: readonly number[], parts: readonly string[]) =>
      tightestAmong(fits, accountIds, parts, desk),
  };
}

function sharedProblems(fits: readonly FitView[]): readonly SharedProblem[] {
  const found = new Map<string, ProblemView & { accountIds: number[] }>();
  for (const fit of fits) {
    for (const problem of fit.problems) {
      const key = `${problem.code} ${problem.message.en}`;
      const shared = found.get(key) ?? { ...problem, accountIds: [] };
      shared.accountIds.push(fit.accountId);
      found.set(key, shared);
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      Number(b.level === 'error') - Number(a.level === 'error') || b.accountIds.length - a.accountIds.length,
  );
}

function tightestAmong(
  fits: readonly FitView[],
  accountIds: readonly number[],
  parts: readonly string[],
  desk: DeskIndex,
): readonly (Tightest | null)[] {
  const among = new Set(accountIds);
  const theirs = fits.filter((fit) => among.has(fit.accountId));
  return parts.map((_, part) => tightestOf(theirs, part, desk));
}

/** A part that was added since it was counted has as much room as the last. */
const limitOf = (fit: FitView, part: number) => fit.limits[part] ?? fit.limits.at(-1) ?? 0;
const roomIn = (fit: FitView, part: number) => limitOf(fit, part) - (fit.counts[part] ?? 0);

/** Of the part with least room: less than none where it does not fit. Null for a text of no part. */
export function fullestPart(fit: FitView): { count: number; limit: number; room: number } | null {
  const parts = fit.limits.map((limit, part) => ({
    count: fit.counts[part] ?? 0,
    limit,
    room: roomIn(fit, part),
  }));
  return parts.reduce<(typeof parts)[number] | null>(
    (fullest, part) => (fullest === null || part.room < fullest.room ? part : fullest),
    null,
  );
}

function tightestOf(fits: readonly FitView[], part: number, desk: DeskIndex): Tightest | null {
  let tightest: FitView | null = null;
  for (const fit of fits) {
    if (tightest === null || roomIn(fit, part) < roomIn(tightest, part)) tightest = fit;
  }
  if (tightest === null) return null;
  return {
    count: tightest.counts[part] ?? 0,
    limit: limitOf(tightest, part),
    network: desk.accountById.get(tightest.accountId)?.networkName ?? '',
  };
}
