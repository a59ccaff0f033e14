import { connectorFor } from './connectors/index.ts';
import type { Account, Brand } from './core/brand.ts';
import type { CancelWake, Clock } from './core/clock.ts';
import type { Post, PostId } from './core/post.ts';
import { ok, type Result, refuse } from './core/result.ts';
import type { AccountStore, PostStore, SignIn } from './core/stores.ts';
import type { LookUps } from './publisher/look-ups.ts';
import type { AccountParcel } from './publisher/protocol.ts';
import type { JournalEvent } from './stop/journal.ts';

export type LookUpPosts = {
  /** Reads the network once. The post's state afterwards is told by the store. */
  lookUp(postId: PostId): Promise<Result<'published' | 'missed' | 'unconfirmed'>>;
  takeDown(
    postId: PostId,
    by: string,
  ): Promise<Result<{ outcome: 'removed' | 'already-gone' | 'failed' | 'unsupported'; detail: string }>>;
  /** Tries by itself, some times, to settle what became unconfirmed. */
  watch(postIds: readonly PostId[]): void;
  close(): void;
};

export type LookUpPostsDeps = {
  readonly posts: PostStore;
  readonly accounts: AccountStore;
  readonly brandOf: (brandId: number) => Promise<Brand | null>;
  readonly lookUps: LookUps;
  readonly clock: Clock;
  readonly record: (event: JournalEvent) => void;
  readonly onSettled: (post: Post, to: 'published' | 'missed') => void;
};

/** When an unconfirmed post is looked up by itself, counted from when it became so. Afterwards a person decides. */
const LOOK_AFTER_MS = [3_000, 15_000, 60_000, 150_000, 10 * 60_000, 30 * 60_000];
const BELIEVE_ABSENT_MS = 120_000;

/** Settings and secrets come from one reading: apart, new secrets could go to the server of the old settings. */
export function parcelOf(
  account: Account,
  brand: Brand | null,
  signIn: Pick<SignIn, 'settings' | 'sealed'>,
): AccountParcel {
  const { id, name, network } = account;
  return { id, name, brand: brand?.name ?? '', network, settings: signIn.settings, sealed: signIn.sealed };
}

/** Settles unconfirmed posts by reading the network, and takes posts down. Also while everything is stopped: it only reads and removes. */
export function createLookUpPosts(deps: LookUpPostsDeps): LookUpPosts {
  const { posts, clock } = deps;
  const pending = new Set<CancelWake>();

  async function find(postId: PostId) {
    const post = await posts.read(postId);
    const account = post && (await deps.accounts.read(post.accountId));
    const signIn = account && (await deps.accounts.readSignIn(account.id));
    if (!post || !account || !signIn) return null;
    return { post, account: parcelOf(account, await deps.brandOf(post.brandId), signIn) };
  }

  async function lookUp(postId: PostId): Promise<Result<'published' | 'missed' | 'unconfirmed'>> {
    const found = await find(postId);
    if (found?.post.state !== 'unconfirmed')
      return refuse('not-unconfirmed', 'Only an unconfirmed post is looked up.');
    const { post, account } = found;
    const attempt = (await posts.attempts(postId)).at(-1);
    if (!attempt) return refuse('no-attempt', 'No attempt is known for this post.');
    const request = {
      postId,
      content: post.content,
      publishAt: post.publishAt,
      key: attempt.key,
      attempt: attempt.attempt,
    };
    const looked = await deps.lookUps.run({ kind: 'find', account, request, refs: post.refs });
    if (!looked.ok) return looked;
    const answer = looked.value;
    if (answer.kind === 'unclear') return refuse('unclear', answer.detail);
    // A server may still be working on a request that was cut off: that it is not there yet says nothing for a while.
    if (answer.kind === 'absent' && clock.now() - post.changedAt < BELIEVE_ABSENT_MS)
      return refuse('too-early', 'It is not there yet, but it may still appear. Look again in two minutes.');
    const isFound = answer.kind === 'found';
    if (isFound) for (const ref of answer.refs) await posts.addPart(postId, attempt.attempt, ref);
    const to = isFound ? 'published' : 'missed';
    const { moved } = await posts.move([postId], to, 'looked-up', '', clock.now());
    if (moved.length === 0) return refuse('not-unconfirmed', 'It was settled in the meantime.');
    deps.record({
      event: 'post.looked-up',
      details: {
        post: postId,
        found: isFound,
        refs: isFound ? answer.refs.map((ref) => ref.id) : [],
        urls: isFound ? answer.refs.map((ref) => ref.url) : [],
      },
    });
    deps.onSettled(post, to);
    return ok(to);
  }

  function lookAgain(postId: PostId, turn: number): void {
    const wait = LOOK_AFTER_MS[turn];
    if (wait === undefined) return;
    const cancel = clock.after(wait, () => {
      pending.delete(cancel);
      lookUp(postId).then(
        (result) => {
          if (!result.ok && result.error.code !== 'not-unconfirmed') lookAgain(postId, turn + 1);
        },
        () => lookAgain(postId, turn + 1),
      );
    });
    pending.add(cancel);
  }

  return {
    lookUp,

    async takeDown(postId, by) {
      const found = await find(postId);
      const refs = found?.post.refs.filter((ref) => !ref.takenDown) ?? [];
      if (!found || refs.length === 0)
        return refuse('nothing-public', 'Nothing is known to be public of this post.');
      const removed = await deps.lookUps.run({ kind: 'remove', account: found.account, refs });
      if (!removed.ok) return removed;
      const detail = 'detail' in removed.value ? removed.value.detail : '';
      deps.record({
        event: 'post.taken-down',
        by,
        details: { post: postId, outcome: removed.value.kind, detail },
      });
      if (removed.value.kind === 'removed' || removed.value.kind === 'already-gone')
        await posts.markTakenDown(postId, by, clock.now());
      return ok({ outcome: removed.value.kind, detail });
    },

    watch(postIds) {
      for (const postId of postIds) lookAgain(postId, 0);
    },

    close() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}

/** Whether a network can be read for what became of a post. */
export function canFind(network: string): boolean {
  return (connectorFor(network)?.find ?? null) !== null;
}
