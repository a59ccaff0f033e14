import { Notification } from 'electron';
import type { CancelWake, Clock } from '../core/clock.ts';
import type { Control } from '../core/stop-types.ts';
import type { AccountTrip, TripKind } from '../core/trips.ts';
import { createGather } from './gather.ts';
import type { Unproven } from './stop-shortcut.ts';
import type { Words } from './words.ts';

/** What comes together is told together, once nothing was added for this long. */
const GATHER_MS = 5_000;
/** Of one subject, and not more often than this. */
const APART_MS = 3 * 60_000;

/** Trips within this time are told together, again and again with the new number. */
const TRIPS_TOGETHER_MS = 10 * 60_000;

type NotifiedView = 'desk' | 'stop' | 'queue' | 'review' | 'settings';
type Subject =
  | 'backup'
  | 'digest'
  | 'sign-ins'
  | 'stop'
  | 'reminder'
  | 'drill'
  | 'trips'
  | 'review'
  | 'yes'
  | 'controls'
  | 'tray'
  | 'settings';

/**
 * Native notifications: feedback that does not need the window. They are never the only place where something is said, because
 * any desktop may swallow them.
 */
export function createNotifications(deps: {
  words: () => Words;
  clock: Clock;
  /** What a person wants to be told of. The stop and its controls are always told. */
  wants: () => Readonly<Record<'missed' | 'failed' | 'unconfirmed' | 'signIns' | 'backups' | 'yes', boolean>>;
  /** A click: show the window with this view. */
  onOpen: (view: NotifiedView) => void;
  /** The system refused one. */
  onFailed: (reason: string) => void;
}) {
  // Kept so that they are not collected while shown; one of each subject, the newer replaces the older.
  const shown = new Map<Subject, Notification>();
  let trips: readonly { readonly trip: AccountTrip; readonly at: number }[] = [];
  let cancelTrips: CancelWake | null = null;

  function show(
    subject: Subject,
    view: NotifiedView,
    text: { title: string; body: string },
    isCritical: boolean,
  ): void {
    if (!Notification.isSupported()) return;
    shown.get(subject)?.close();
    const notification = new Notification({
      ...text,
      urgency: isCritical ? 'critical' : 'normal',
      timeoutType: isCritical ? 'never' : 'default',
      silent: !isCritical,
    });
    shown.set(subject, notification);
    const forget = () => {
      if (shown.get(subject) === notification) shown.delete(subject);
    };
    notification.on('click', () => {
      deps.onOpen(view);
      forget();
    });
    notification.on('close', forget);
    notification.on('failed', (_event, reason) => {
      forget();
      deps.onFailed(reason);
    });
    notification.show();
  }

  const together = { clock: deps.clock, gatherMs: GATHER_MS, apartMs: APART_MS };
  const posts = createGather<{ missed: number; failed: number; unconfirmed: number }>({
    ...together,
    tell({ missed = 0, failed = 0, unconfirmed = 0 }) {
      const words = deps.words();
      const title = words.reviewTitle(missed + failed + unconfirmed);
      show('review', 'review', { title, body: words.reviewBody({ missed, failed, unconfirmed }) }, false);
    },
  });
  const signIns = createGather<{ broken: number }>({
    ...together,
    tell({ broken = 0 }) {
      const words = deps.words();
      show('sign-ins', 'desk', { title: words.signInsTitle(broken), body: words.signInsBody }, false);
    },
  });

  function tellTrips(): void {
    cancelTrips = null;
    const words = deps.words();
    const count = (kind: TripKind) => trips.filter(({ trip }) => trip.kind === kind).length;
    const facts = { rate: count('rate'), refusals: count('refusals'), 'no-answer': count('no-answer') };
    const isOneNetwork = trips.length > 1 && new Set(trips.map(({ trip }) => trip.network)).size === 1;
    const body = words.accountsHeldBody({ ...facts, isOneNetwork });
    show('trips', 'desk', { title: words.accountsHeldTitle(trips.length), body }, true);
  }

  return {
    /** `scope`: the brand's name, or '' for everything. */
    stopEngaged(facts: { scope: string; control: Control; held: number; inFlight: number }): void {
      const words = deps.words();
      const title = words.stopEngagedTitle(facts.scope === '' ? words.everything : facts.scope);
      const body = words.stopEngagedBody({ ...facts, control: words.control[facts.control] });
      show('stop', 'stop', { title, body }, true);
    },
    stopConfirmed(held: number): void {
      const words = deps.words();
      show('stop', 'stop', { title: words.stopConfirmedTitle, body: words.stopConfirmedBody(held) }, false);
    },
    /** `todo`: what to do by hand. */
    stopNotConfirmed(todo: string): void {
      const words = deps.words();
      show(
        'stop',
        'stop',
        { title: words.stopNotConfirmedTitle, body: words.stopNotConfirmedBody(todo) },
        true,
      );
    },
    /** Adds to what is told together a few seconds later. */
    postsNeedDecision(added: { missed?: number; failed?: number; unconfirmed?: number }): void {
      const wants = deps.wants();
      posts.add({
        missed: wants.missed ? (added.missed ?? 0) : 0,
        failed: wants.failed ? (added.failed ?? 0) : 0,
        unconfirmed: wants.unconfirmed ? (added.unconfirmed ?? 0) : 0,
      });
    },
    /** Sign-ins of so many accounts were refused, or can no longer be opened. */
    signInsBroken(count: number): void {
      if (deps.wants().signIns) signIns.add({ broken: count });
    },
    /** Posts whose time comes near while they wait for a yes. `first` is already formatted. */
    yesNear(facts: { posts: number; first: string; names: readonly string[] }): void {
      if (!deps.wants().yes) return;
      const words = deps.words();
      show('yes', 'queue', { title: words.yesNearTitle(facts.posts), body: words.yesNearBody(facts) }, false);
    },
    /** The day in a few numbers; `first` is already formatted, '' when nothing is scheduled tomorrow. */
    digest(facts: {
      published: number;
      failed: number;
      missed: number;
      waiting: number;
      tomorrow: number;
      first: string;
    }): void {
      const words = deps.words();
      const view = facts.waiting > 0 ? 'review' : 'desk';
      show('digest', view, { title: words.digestTitle, body: words.digestBody(facts) }, false);
    },
    /** An account was held by itself. Where one network refuses everybody that is told once, not once for each account. */
    accountHeld(trip: AccountTrip): void {
      trips = [
        ...trips.filter(({ at }) => deps.clock.monotonic() - at < TRIPS_TOGETHER_MS),
        { trip, at: deps.clock.monotonic() },
      ];
      cancelTrips ??= deps.clock.after(GATHER_MS, tellTrips);
    },
    /** A stop has been in force for long; `others` is how many more are. */
    stopForgotten(facts: { scope: string; since: string; by: string; held: number; others: number }): void {
      const words = deps.words();
      const title = words.stopForgottenTitle(facts.scope === '' ? words.everything : facts.scope);
      show('reminder', 'stop', { title, body: words.stopForgottenBody(facts) }, false);
    },
    drillDue(): void {
      const words = deps.words();
      show('drill', 'stop', { title: words.drillDueTitle, body: words.drillDueBody }, false);
    },
    /** A control of the stop went away: the key ('problem' says why) or the tray. */
    controlLost(problem: string): void {
      const words = deps.words();
      show('controls', 'settings', { title: words.controlLostTitle, body: problem }, true);
    },
    /** One that has no other way to tell of itself. */
    controlGone(control: 'button' | 'command-line' | 'file'): void {
      const words = deps.words();
      show('controls', 'settings', { title: words.controlLostTitle, body: words.controlGone[control] }, true);
    },
    /** The key has to be pressed again to count. */
    proofEnded(because: Exclude<Unproven, 'never'>): void {
      const words = deps.words();
      const text = { title: words.proofEndedTitle, body: words.proofEndedBody(words.proofEnded[because]) };
      show('controls', 'settings', text, false);
    },
    backupFailed(problem: {
      code: 'no-room' | 'not-sound' | 'failed';
      detail: string;
      needed: number;
    }): void {
      if (!deps.wants().backups) return;
      const words = deps.words();
      show(
        'backup',
        'settings',
        { title: words.backupFailedTitle, body: words.backupFailedBody(problem) },
        false,
      );
    },
    closedToTray(): void {
      const words = deps.words();
      show('tray', 'settings', { title: words.closedToTrayTitle, body: words.closedToTrayBody }, false);
    },
    settingsReset(keptAs: string): void {
      const words = deps.words();
      show(
        'settings',
        'settings',
        { title: words.settingsResetTitle, body: words.settingsResetBody(keptAs) },
        false,
      );
    },
    settingsNotWritten(problem: string): void {
      const words = deps.words();
      const text = { title: words.settingsNotWrittenTitle, body: words.settingsNotWrittenBody(problem) };
      show('settings', 'settings', text, false);
    },
    stop(): void {
      posts.stop();
      signIns.stop();
      cancelTrips?.();
      cancelTrips = null;
      for (const notification of shown.values()) notification.close();
      shown.clear();
    },
  };
}
