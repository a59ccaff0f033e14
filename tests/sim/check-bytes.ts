import type { Fail } from './invariants.ts';
import type { Transmission } from './network.ts';
import type { Publisher } from './publisher-process.ts';
import { graceOf, type SimPost } from './sim-post.ts';
import type { Ban } from './truth.ts';
import type { World } from './world-parts.ts';

const LEASE_MS = 1_000;
/** From a press that could not be written anywhere to the last byte: the way of a message. */
const PRESS_MS = 100;
/** What an attempt may take from the hand-over to its first byte: one connection, and a publisher that was busy. */
const CONNECT_MS = 40_000;
/** When nothing is in the way a post goes out so soon after its time, also as the last of many. */
const PUNCTUAL_MS = 45_000;

/** What has to be so in the moment in which bytes of a request leave that makes something public. */
export function createByteChecks(world: World, fail: Fail) {
  const { timeline } = world;
  /** By key and part: whether the last call ended with an answer that says for certain what became of it. */
  const sent = new Map<string, { isDecided: boolean }>();
  const keys = new Map<string, string>();
  const flying = new Set<Transmission>();

  function checkStop(transmission: Transmission, post: SimPost | null, name: string): void {
    const { place, request, part } = transmission;
    const ban = world.truth.forbids(place);
    if (ban === 'not started') fail('I-7', `${name} goes out before publishing was ever started`);
    else if (ban !== null && !world.truth.isDoubtful()) onForbidden(transmission, name, ban);
    const floor = world.truth.floorOf(place);
    // What a person put into the queue since goes out because of that person.
    if (part === 0 && request.publishAt < floor && (post?.queuedAt ?? 0) < floor)
      fail('I-22', `${name} fell due under a stop or its countdown and goes out after it`);
  }

  /** The publisher could not hear of it, or main no longer kill it: the lease alone ends it. */
  const isDelayed = ({ process, main }: Publisher, { since }: Ban) =>
    process.hungUntil > since || !main.isAlive;

  function onForbidden({ publisher }: Transmission, name: string, ban: Ban): void {
    const since = timeline.now() - ban.since;
    const where = ban.scope.kind;
    if (ban.kind === 'countdown') fail('I-9', `${name} goes out in the countdown of ${where}`);
    else if (ban.isInFiles || since > (isDelayed(publisher, ban) ? LEASE_MS : PRESS_MS))
      fail('I-1', `${name} goes out ${since} ms after ${where} was stopped`);
  }

  function checkIntent({ request, part }: Transmission, post: SimPost | null, name: string): void {
    const { key, attempt } = request;
    const intent = post?.history.find((each) => each.key === key && each.attempt === attempt);
    if (!post || !intent) {
      fail('I-3', `${name} is sent without a durable intent`);
      return;
    }
    if (!['publishing', 'unconfirmed'].includes(post.state))
      fail('I-3', `${name} is sent while it is ${post.state}`);
    if (!world.hadDiskTrouble && !world.journal.hasAttempt(key, attempt))
      fail('I-15', `${name} is sent and the journal knows nothing of it`);
    const approval = `${post.uid}/${post.approval}`;
    if ((keys.get(approval) ?? key) !== key && !world.wasRestored)
      fail('D-10', `${name} is tried again with another key`);
    keys.set(approval, key);
    const before = sent.get(`${key}/${part}`);
    if (before && !before.isDecided)
      fail('I-5', `${name} is sent again although its last call may have published it`);
    sent.set(`${key}/${part}`, { isDecided: false });
  }

  function checkTime({ request, part }: Transmission, post: SimPost | null, name: string): void {
    if (part > 0 || !post) return;
    const late = timeline.wall() - request.publishAt;
    if (late > graceOf(world.desk.brandOf(post.account)) + CONNECT_MS)
      fail('I-13', `${name} goes out ${late} ms after its time`);
    // It was claimed by the clock of that moment: what sets it back before the bytes leave makes nothing early.
    const sinceClaim = timeline.now() - post.claimedAt;
    if (late < 0 && !world.wasClockSetWithin(Math.max(60_000, sinceClaim)))
      fail('I-19', `${name} goes out ${-late} ms before its time`);
    if (late > PUNCTUAL_MS && post.attempts === 1 && world.wasCalmFor(late) && !world.wasInTheWay(post))
      fail('L-3', `${name} goes out ${late} ms after its time although nothing was in its way`);
  }

  function checkSender({ publisher, place }: Transmission, name: string): void {
    const { silentSince } = publisher.main;
    if (silentSince === null) return;
    const since = timeline.monotonic() - silentSince;
    if (since >= LEASE_MS)
      fail('I-12', `${name} is sent on ${place.network} ${since} ms after the last sign of life of main`);
  }

  function checkFlight(transmission: Transmission, name: string): void {
    const { publisher, place } = transmission;
    let ofPublisher = 1;
    let ofAccount = 1;
    for (const each of flying) {
      if (!each.publisher.process.isAlive) flying.delete(each);
      else {
        if (each.publisher === publisher) ofPublisher += 1;
        if (each.place.accountId === place.accountId) ofAccount += 1;
      }
    }
    flying.add(transmission);
    world.counts.mostInFlight = Math.max(world.counts.mostInFlight, ofPublisher);
    if (ofPublisher > world.cap)
      fail('I-10', `${name} is number ${ofPublisher} in flight, the cap is ${world.cap}`);
    if (ofAccount > 1) fail('I-10', `${name} is number ${ofAccount} in flight on its account`);
  }

  function checkOrder(post: SimPost | null, name: string): void {
    const unknown = world.database.posts.find(
      (other) => other !== post && other.account === post?.account && other.state === 'unconfirmed',
    );
    if (unknown) fail('I-14', `${name} goes out past post ${unknown.id}, which is unconfirmed`);
  }

  return {
    onBytes(transmission: Transmission): void {
      const name = `post ${transmission.request.postId}`;
      const post = world.database.find(transmission.request.postId);
      checkStop(transmission, post, name);
      checkIntent(transmission, post, name);
      checkTime(transmission, post, name);
      checkSender(transmission, name);
      checkFlight(transmission, name);
      checkOrder(post, name);
    },
    /** An answer reached the publisher that says for certain what became of the call. */
    onTold({ request, part }: Transmission): void {
      sent.set(`${request.key}/${part}`, { isDecided: true });
    },
    /** The publisher waits for this call no more. */
    onEnded(transmission: Transmission): void {
      flying.delete(transmission);
    },
    onPublic(text: string, times: number): void {
      if (times > 1) fail('I-2', `${text} is public ${times} times`);
    },
    /** Whether a call of the post may have published something that nobody knows of. */
    isOpen(post: SimPost): boolean {
      for (let part = 0; part < post.parts; part += 1)
        if (sent.get(`${post.key}/${part}`)?.isDecided === false) return true;
      return false;
    },
  };
}
