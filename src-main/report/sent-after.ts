import { brandPlace } from '../core/release-plan.ts';
import { covers, type Scope } from '../core/scope.ts';
import type { JournalRecord } from '../stop/journal.ts';
import type { ScopeNames } from '../stop/scope-names.ts';
import { list, text } from './record-fields.ts';
import type { Fate, ReportModel, ReportPost } from './report-model.ts';

const MOST_FOLLOWED = 5_000;

/** One post that was sent after the stop. `wasReleased`: after its release. `isOverdue`: its time was under the stop; null: not known. */
type Sent = { readonly wasReleased: boolean; readonly isOverdue: boolean | null };
type Release = { readonly at: number; readonly endsAt: number };

/**
 * Follows what was sent of the brand, where the stop covers it, after the line of the stop, and whether a change of the brand took it out
 * of the market that was stopped. `scope` null: not told by the line, nothing is claimed of it.
 */
export function createSentAfter(brandId: number, scope: Scope | null, names: ScopeNames | null) {
  const sent = new Map<number, Sent>();
  const resumed = new Set<number>();
  let place: ReportModel['place'] = 'covered';
  const account =
    scope?.kind === 'account' ? names?.accounts.find(({ id }) => id === scope.accountId) : undefined;

  function isCovered({ details }: JournalRecord, scopeName: string): boolean {
    if (details.brandId !== brandId) return false;
    if (scope?.kind === 'network') return text(details, 'network') === scope.network;
    if (scope?.kind !== 'account') return true;
    if (account)
      return text(details, 'account') === account.name && text(details, 'network') === account.network;
    return scopeName === '' || text(details, 'account') === scopeName;
  }

  return {
    sent,
    place: () => place,
    take(record: JournalRecord, release: Release | null, scopeName: string): void {
      const { event, details } = record;
      if (event === 'brand.changed' && details.brand === brandId && scope?.kind === 'market' && !release) {
        if (typeof details.market !== 'string') place = place === 'left' ? 'left' : 'unsure';
        else {
          const { market } = details;
          place = covers(scope, brandPlace({ brandId, market })) ? 'covered' : 'left';
        }
      }
      if (event === 'posts.resumed') for (const id of list(details, 'posts')) resumed.add(Number(id));
      if (event !== 'post.attempt' || !isCovered(record, scopeName)) return;
      const id = Number(details.post);
      if (sent.size >= MOST_FOLLOWED && !sent.has(id)) return;
      const due = Date.parse(text(details, 'publishAt'));
      const isLate = release === null || resumed.has(id) ? false : due < release.endsAt;
      sent.set(id, { wasReleased: release !== null, isOverdue: Number.isNaN(due) ? null : isLate });
    },
  };
}

/** What the journal tells of posts that went out after the stop and were not to, or may have. */
export function wentOutOf(
  sent: ReadonlyMap<number, Sent>,
  kept: readonly ReportPost[],
  fateOf: (id: number) => Fate,
  release: Release | null,
): ReportModel['wentOut'] {
  const found = { whileStopped: 0, keptWhileStopped: 0, overdue: 0, unsettled: 0, untold: 0 };
  const keptIds = new Set(kept.map(({ id }) => id));
  for (const [id, { wasReleased, isOverdue }] of sent) {
    const { kind } = fateOf(id);
    if (kind === 'unconfirmed' || kind === 'unknown') found.unsettled += 1;
    if (kind !== 'published') continue;
    if (!wasReleased) {
      found.whileStopped += 1;
      if (keptIds.has(id)) found.keptWhileStopped += 1;
    } else if (isOverdue === null) found.untold += 1;
    else if (isOverdue) found.overdue += 1;
  }
  for (const { id, publishAt, fate } of kept) {
    if (sent.has(id)) continue;
    const isUnder = release === null || publishAt < release.endsAt;
    if (fate.kind === 'unknown' && isUnder) found.untold += 1;
    if (fate.kind !== 'published') continue;
    if (release === null || (fate.at ?? 0) < release.at) {
      found.whileStopped += 1;
      found.keptWhileStopped += 1;
    } else if (isUnder) found.overdue += 1;
  }
  return found;
}
