import { useMemo } from 'react';
import type { InFlightLine, PostView, StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { goneOf } from '../queue/take-down.tsx';
import { type BrandGroup, groupByBrand } from '../review/review-groups.ts';
import { useDesk } from '../ui/use-desk.ts';
import { useKeptBack } from './kept-back.ts';
import { coveredAccounts } from './scope-covers.ts';

/** What went out so shortly before a stop is looked at with it. */
const BEFORE_MS = 30 * 60_000;
/** Posts read of each kind; where there are more, that is said. */
const MOST = 500;

/** Posts under their brands. `isAll` is false where there are more than are listed. */
export type RoomPosts = {
  readonly groups: readonly BrandGroup[];
  readonly count: number;
  /** Of these, taken down again. */
  readonly gone: number;
  readonly isAll: boolean;
};

export type Room = {
  /** Posts that went out from here on are listed: half an hour before the first stop in force. */
  readonly since: number;
  /** Null while it is not known. */
  readonly keptBack: number | null;
  /** What was under way at a press, of all stops in force, each post once. */
  readonly inFlight: readonly InFlightLine[];
  /** Null while it is not known, or cannot be for want of the database. */
  readonly published: RoomPosts | null;
  readonly unconfirmed: RoomPosts | null;
};

/** What the stops in force cover, looked at together. */
export function useRoom(stops: readonly StopView[]): Room {
  const since = Math.min(...stops.map((stop) => stop.engagedAt)) - BEFORE_MS;
  const desk = useDesk();
  const changed = { order: 'changed', offset: 0, limit: MOST } as const;
  const published = useRead('queue.page', { states: ['published'], ...changed }).data;
  const unconfirmed = useRead('queue.page', { states: ['unconfirmed'], ...changed }).data;
  const keptBack = useKeptBack(stops);
  const covered = useMemo(() => {
    const scopes = stops.map((stop) => stop.scope);
    return new Set(
      desk.brands.flatMap((brand) => coveredAccounts(scopes, brand).map((account) => account.id)),
    );
  }, [desk.brands, stops]);

  const listed = (page: { posts: PostView[]; total: number } | undefined, from: number): RoomPosts | null => {
    if (!page) return null;
    const posts = page.posts.filter((post) => post.changedAt >= from && covered.has(post.accountId));
    const isAll = page.total <= page.posts.length || (page.posts.at(-1)?.changedAt ?? 0) < from;
    const gone = posts.filter((post) => goneOf(post) !== null).length;
    return { groups: groupByBrand(posts), count: posts.length - gone, gone, isAll };
  };
  const inFlight = new Map(stops.flatMap((stop) => stop.inFlight).map((line) => [line.postId, line]));
  return {
    since,
    keptBack,
    inFlight: [...inFlight.values()],
    published: listed(published, since),
    unconfirmed: listed(unconfirmed, 0),
  };
}
