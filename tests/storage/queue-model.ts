import { DUPLICATE_WINDOW_MS } from '../../src-main/core/duplicate.ts';
import { MOVES, type PostReason, type PostState } from '../../src-main/core/post.ts';
import { covers, type Floor, type Scope } from '../../src-main/core/scope.ts';

export type ModelAccount = {
  readonly id: number;
  readonly brandId: number;
  readonly market: string;
  readonly network: string;
  readonly graceMs: number;
  isSignedOut: boolean;
  isHeld: boolean;
};

export type ModelPost = {
  readonly id: number;
  readonly account: ModelAccount;
  readonly hash: string;
  state: PostState;
  reason: PostReason;
  publishAt: number;
  retryAt: number | null;
  attempts: number;
  key: string | null;
  isDuplicateAllowed: boolean;
};

/** However strict a brand: a minute. */
const graceOf = (account: ModelAccount) => Math.max(account.graceMs, 60_000);

const inOrder = (a: ModelPost, b: ModelPost) => a.publishAt - b.publishAt || a.id - b.id;

/**
 * The queue's contract once more, with lists and loops, slow and obvious. What it says and what SQLite says must be the same after
 * any sequence of events.
 */
export function createModel(posts: ModelPost[]) {
  const ofAccount = (account: ModelAccount, state: PostState) =>
    posts.filter((post) => post.account === account && post.state === state);
  const isCovered = ({ account }: ModelPost, scopes: readonly Scope[]) =>
    scopes.some((scope) => covers(scope, { ...account, accountId: account.id }));

  const below = (post: ModelPost, floors: readonly Floor[]) =>
    floors.filter(({ scope, before }) => post.publishAt < before && isCovered(post, [scope]));

  function isBlocked(account: ModelAccount, perAccount: number): boolean {
    return (
      account.isHeld ||
      account.isSignedOut ||
      ofAccount(account, 'unconfirmed').length > 0 ||
      ofAccount(account, 'publishing').length >= perAccount
    );
  }

  /** The first due posts of the account that fit, up to one that waits to be tried again. */
  function readyOf(
    account: ModelAccount,
    now: number,
    perAccount: number,
    floors: readonly Floor[],
  ): ModelPost[] {
    const due = ofAccount(account, 'scheduled')
      .filter((post) => post.publishAt <= now && post.publishAt >= now - graceOf(account))
      .filter((post) => below(post, floors).length === 0)
      .sort(inOrder);
    const waiting = due.findIndex((post) => post.retryAt !== null && post.retryAt > now);
    const free = perAccount - ofAccount(account, 'publishing').length;
    return due.slice(0, waiting === -1 ? due.length : waiting).slice(0, free);
  }

  function isSaid(candidate: ModelPost): boolean {
    return posts.some(
      (post) =>
        post.account === candidate.account &&
        post.hash === candidate.hash &&
        ['publishing', 'published', 'unconfirmed'].includes(post.state) &&
        post.publishAt > candidate.publishAt - DUPLICATE_WINDOW_MS,
    );
  }

  return {
    claim(
      now: number,
      limit: number,
      perAccount: number,
      stopped: readonly Scope[],
      floors: readonly Floor[],
      newKey: () => string,
    ): number[] {
      const claimed: number[] = [];
      for (;;) {
        const accounts = [...new Set(posts.map((post) => post.account))];
        const found = accounts
          .filter((account) => !isBlocked(account, perAccount))
          .flatMap((account) => readyOf(account, now, perAccount, floors))
          .filter((post) => !isCovered(post, stopped))
          .sort(inOrder)
          .slice(0, limit - claimed.length);
        let hasHeld = false;
        for (const post of found) {
          if (!post.isDuplicateAllowed && isSaid(post)) {
            Object.assign(post, { state: 'held', reason: 'duplicate', retryAt: null });
            hasHeld = true;
            continue;
          }
          Object.assign(post, {
            state: 'publishing',
            reason: '',
            retryAt: null,
            attempts: post.attempts + 1,
            key: post.key ?? newKey(),
          });
          claimed.push(post.id);
        }
        if (!hasHeld || claimed.length === limit) return claimed;
      }
    },
    settle(
      post: ModelPost,
      attempt: number,
      state: PostState,
      reason: PostReason,
      retryAt: number | null,
    ): boolean {
      if (post.state !== 'publishing' || post.attempts !== attempt || !MOVES.publishing.includes(state))
        return false;
      Object.assign(post, { state, reason, retryAt: state === 'scheduled' ? retryAt : null });
      return true;
    },
    sweep(
      now: number,
      covered: readonly { readonly scope: Scope; readonly reason: 'stopped' | 'countdown' }[],
      floors: readonly Floor[],
    ): void {
      for (const post of posts.filter(({ state, publishAt }) => state === 'scheduled' && publishAt <= now)) {
        const { account } = post;
        const why = (['stopped', 'countdown'] as const).find(
          (reason) =>
            below(post, floors).some((floor) => floor.reason === reason) ||
            isCovered(
              post,
              covered.filter((each) => each.reason === reason).map((each) => each.scope),
            ),
        );
        if (why === undefined && post.publishAt >= now - graceOf(account)) continue;
        const late = () => {
          if (post.attempts > 0) return 'offline';
          if (account.isSignedOut) return 'signed-out';
          if (account.isHeld) return 'account-held';
          return ofAccount(account, 'unconfirmed').length > 0 ? 'waited' : 'late';
        };
        Object.assign(post, { state: 'missed', reason: why ?? late(), retryAt: null });
      }
    },
    move(post: ModelPost, to: PostState): boolean {
      if (to === 'publishing' || !MOVES[post.state].includes(to)) return false;
      if (post.state === 'publishing' && to !== 'unconfirmed') return false;
      if (post.reason === 'duplicate') post.isDuplicateAllowed = true;
      Object.assign(post, { state: to, reason: 'by-person', retryAt: null });
      return true;
    },
    reschedule(post: ModelPost, publishAt: number): boolean {
      if (!['scheduled', 'held', 'missed'].includes(post.state)) return false;
      if (post.reason === 'duplicate') post.isDuplicateAllowed = true;
      Object.assign(post, {
        state: 'scheduled',
        reason: '',
        publishAt,
        retryAt: null,
        attempts: 0,
        key: null,
      });
      return true;
    },
    recover(): number {
      const inFlight = posts.filter((post) => post.state === 'publishing');
      for (const post of inFlight) Object.assign(post, { state: 'unconfirmed', reason: 'crash' });
      return inFlight.length;
    },
    nextDueAt(after: number): number | null {
      const at = posts
        .filter((post) => post.state === 'scheduled')
        .map((post) => Math.max(post.publishAt, post.retryAt ?? 0))
        .filter((each) => each > after);
      return at.length === 0 ? null : Math.min(...at);
    },
  };
}
