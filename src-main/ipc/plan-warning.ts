import { createPlan, planWarning } from '../calendar/plan.ts';
import type { Desk, OpenDesk } from './desk.ts';

/** How far around a new post others can get in its way. */
const AROUND_MS = 60 * 60_000;
const MOST_LOOKED_AT = 5_000;

/** Whether what is now scheduled around these instants can go out in time, in the window's language; '' when it can. */
export async function planWarningFor(
  desk: Desk,
  { storage, directory }: OpenDesk,
  instants: readonly number[],
): Promise<string> {
  if (instants.length === 0) return '';
  const names = await directory.read();
  const plan = createPlan(desk.settings.read().inFlightCap);
  const from = Math.min(...instants) - AROUND_MS;
  const to = Math.max(...instants) + AROUND_MS;
  for (let offset = 0; offset < MOST_LOOKED_AT; offset += 500) {
    const { posts } = await storage.posts.page({ states: ['scheduled'], from, to }, 'soonest', offset, 500);
    for (const post of posts)
      plan.add({
        publishAt: post.publishAt,
        timeZone: post.timeZone,
        accountId: post.accountId,
        calls: Math.max(1, post.content.parts.length),
        graceMs: names.brands.get(post.brandId)?.graceMs ?? 0,
      });
    if (posts.length < 500) break;
  }
  const said = planWarning(await plan.verdict());
  return said ? said[desk.language()] : '';
}
