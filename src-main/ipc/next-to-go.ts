import type { Instant } from '../core/clock.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import type { OpenDesk } from './desk.ts';

/**
 * When the next post may go, for people: none of an account that is seen as signed out (also when only its sign-in cannot be opened
 * here) or of a brand that is stopped. A stop of everything does not count: then it is the post that would go next.
 */
export async function readNextToGo(
  { storage, directory }: Pick<OpenDesk, 'storage' | 'directory'>,
  stops: readonly EngagedStop[],
  now: Instant,
): Promise<Instant | null> {
  const { accounts } = await directory.read();
  const signedOut = [...accounts.values()].filter(({ state }) => state === 'signed-out');
  return storage.posts.nextToGo(now, [
    ...stops.map(({ scope }) => scope).filter(({ kind }) => kind !== 'everything'),
    ...signedOut.map(({ id }) => ({ kind: 'account', accountId: id }) as const),
  ]);
}
