import type * as view from '../../src-preload/views.ts';
import type { Account, Brand } from '../core/brand.ts';
import { type Connector, type Limits, redirectUriOf, SIGN_IN_ENDS_AT } from '../core/connector.ts';
import { POST_STATES, type Post } from '../core/post.ts';
import type { StateCounts } from '../core/queue.ts';
import { covers, type Scope } from '../core/scope.ts';
import type { AccountSummary, BrandNote, Draft, StoredAttempt } from '../core/stores.ts';
import type { TripKind } from '../core/trips.ts';
import { lacksYes } from '../core/yes.ts';
import type { JournalRecord } from '../stop/journal.ts';
import { type Names, nameOfScope, OTHER_KEY, placeOf } from './directory.ts';

/*
 * Core shapes to what the window sees, in one place: here one looks when asking whether the window ever sees a secret.
 */

export function zeroCounts(): view.Counts {
  return Object.fromEntries(POST_STATES.map((state) => [state, 0])) as view.Counts;
}

export function toCounts(counts: StateCounts): view.Counts {
  return { ...counts };
}

function addCounts(all: readonly StateCounts[]): view.Counts {
  const sum = zeroCounts();
  for (const counts of all) for (const state of POST_STATES) sum[state] += counts[state];
  return sum;
}

export function toScopeView(scope: Scope, names: Names | null): view.ScopeView {
  const name = nameOfScope(names, scope);
  switch (scope.kind) {
    case 'brand':
      return { kind: 'brand', brandId: scope.brandId, name };
    case 'account':
      return { kind: 'account', accountId: scope.accountId, name };
    case 'market':
      return { kind: 'market', market: name };
    default:
      return scope;
  }
}

/** An account's problem that is ours and not the network's: kept as a code, shown in the person's language. */
export const SERVER_CHANGED = 'server-changed';

const PROBLEM_WORDS: Readonly<Record<string, Readonly<Record<'en' | 'fr', string>>>> = {
  [OTHER_KEY]: {
    en: 'The sign-in of this account cannot be opened here. Sign in again.',
    fr: 'La connexion de ce compte ne peut pas être ouverte ici. Reconnectez le compte.',
  },
  [SERVER_CHANGED]: {
    en: 'The server was changed. The sign-in for the server before was removed and was not shown to the new one. Sign in again.',
    fr: 'Le serveur a changé. La connexion à l’ancien serveur a été supprimée et n’a pas été montrée au nouveau. Reconnectez le compte.',
  },
};

/** 'refusals 5' as the window sees it; null for a hold of a person. */
function toTripView(heldReason: string): view.TripView | null {
  const [kind = '', count = ''] = heldReason.split(' ');
  return heldReason === '' ? null : { kind: kind as TripKind, count: Number(count) };
}

/** Settings a connector keeps for itself stay; what its form calls a secret is never among an account's settings. */
export function toAccountView(
  account: Account,
  connector: Connector | null,
  summary: AccountSummary | undefined,
  isStopped: boolean,
  labels: readonly string[],
  language: 'en' | 'fr',
): view.AccountView {
  return {
    id: account.id,
    brandId: account.brandId,
    network: account.network,
    networkName: connector?.name ?? account.network,
    name: account.name,
    url: account.settings.profile ?? account.settings.url ?? '',
    settings: { ...account.settings },
    state: account.state,
    signInEndsAt: Number(account.settings[SIGN_IN_ENDS_AT]) || null,
    problem: PROBLEM_WORDS[account.problem]?.[language] ?? account.problem,
    isHeld: account.heldAt !== null,
    heldBy: toTripView(account.heldReason),
    isStopped,
    labels: [...labels],
    counts: summary ? toCounts(summary.counts) : zeroCounts(),
    nextDueAt: summary?.nextDueAt ?? null,
  };
}

export function toBrandView(
  brand: Brand,
  accounts: view.AccountView[],
  isStopped: boolean,
  countdownEndsAt: number | null,
  note: BrandNote | undefined,
): view.BrandView {
  const due = accounts.flatMap((account) => (account.nextDueAt === null ? [] : [account.nextDueAt]));
  return {
    id: brand.id,
    name: brand.name,
    market: brand.market,
    timeZone: brand.timeZone,
    graceMinutes: Math.round(brand.graceMs / 60_000),
    colour: brand.colour,
    notes: note?.notes ?? '',
    logo: note?.logo ?? '',
    isStopped,
    countdownEndsAt,
    counts: addCounts(accounts.map((account) => account.counts)),
    nextDueAt: due.length === 0 ? null : due.reduce((a, b) => Math.min(a, b)),
    accounts,
  };
}

/** Functions cannot cross to the window; what they say is asked for by `text.check`. */
function toLimitsView({ written: _, further: __, ...limits }: Limits): view.LimitsView {
  return limits;
}

export function toNetworkView(connector: Connector): view.NetworkView {
  return {
    network: connector.network,
    name: connector.name,
    settings: connector.settings.map((field) => ({ ...field })),
    canMakeSecret: connector.newSecret !== null,
    signsInByBrowser: connector.signIn !== null,
    redirectUri: connector.signIn?.port ? redirectUriOf(connector.signIn.port) : null,
    canFind: connector.find !== null,
    canRemove: connector.remove !== null,
    canMention: connector.mentions !== null,
    limits: toLimitsView(connector.limits),
    needs: connector.needs,
    costs: connector.costs,
    tested: connector.tested,
  };
}

type Placed = Pick<Post, 'brandId' | 'accountId' | 'state'>;

/** Whose post it is, and what they are called; '' where that is not known. */
export function whereOf({ brandId, accountId }: Placed, names: Names) {
  const account = names.accounts.get(accountId);
  return {
    brandId,
    brand: names.brands.get(brandId)?.name ?? '',
    accountId,
    account: account?.name ?? '',
    network: account?.network ?? '',
  };
}

/** Whether it would go out at its time, were none of the scopes `covered` stopped. */
export function isHeldByStop(post: Placed, names: Names, covered: readonly Scope[]): boolean {
  const place = placeOf(names, post.accountId);
  return post.state === 'scheduled' && place !== null && covered.some((scope) => covers(scope, place));
}

export function toPostView(post: Post, names: Names, covered: readonly Scope[]): view.PostView {
  return {
    id: post.id,
    ...whereOf(post, names),
    state: post.state,
    isHeldByStop: isHeldByStop(post, names, covered),
    reason: post.reason,
    detail: post.detail,
    parts: [...post.content.parts],
    link: post.content.link,
    media: post.content.media.map((media) => ({ ...media })),
    label: post.label,
    publishAt: post.publishAt,
    localTime: post.localTime,
    timeZone: post.timeZone,
    attempts: post.attempts,
    refs: post.refs.map(({ id, url, takenDown }) => ({ id, url, ...(takenDown && { takenDown }) })),
    ...(post.yes && { yes: { from: post.yes.from, isGiven: !lacksYes(post, post.publishAt) } }),
    changedAt: post.changedAt,
  };
}

export function toAttemptView(attempt: StoredAttempt): view.AttemptView {
  const { startedAt, endedAt, outcome, detail } = attempt;
  return { attempt: attempt.attempt, startedAt, endedAt, outcome, detail };
}

export function toDraftView(draft: Draft): view.DraftView {
  return {
    id: draft.id,
    parts: [...draft.content.parts],
    link: draft.content.link,
    media: draft.content.media.map((media) => ({ ...media })),
    variants: draft.variants.map((variant) => ({
      accountIds: [...variant.accountIds],
      parts: [...variant.parts],
      link: variant.link,
    })),
    label: draft.label,
    accountIds: [...draft.accountIds],
    localTime: draft.localTime,
    timeZone: draft.timeZone,
    changedAt: draft.changedAt,
  };
}

export function toJournalLine(record: JournalRecord): view.JournalLine {
  return {
    seq: record.seq,
    at: Date.parse(record.at),
    event: record.event,
    control: record.control,
    by: record.by,
    details: Object.fromEntries(Object.entries(record.details).flatMap(([key, value]) => shown(key, value))),
    hash: record.hash,
  };
}

/** As much of a list or a text as a line of the window has room for. */
const MOST_SHOWN = 400;
const MOST_TEXT = 2_000;

/** A list that is cut short comes with how many it has in all, as '<key>Count'; nothing is cut in the middle of one. */
function shown(
  key: string,
  value: JournalRecord['details'][string],
): [string, string | number | boolean | null][] {
  if (typeof value === 'string')
    return [[key, value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}…` : value]];
  if (typeof value !== 'object' || value === null) return [[key, value]];
  const kept: string[] = [];
  let room = MOST_SHOWN;
  for (const one of value.map(String)) {
    room -= one.length + 2;
    if (room < 0 && kept.length > 0) break;
    kept.push(one.slice(0, MOST_SHOWN));
    if (room < 0) break;
  }
  const joined = kept.join(', ');
  return kept.length < value.length
    ? [
        [key, `${joined}, …`],
        [`${key}Count`, value.length],
      ]
    : [[key, joined]];
}
