import type { CancelWake, Clock, Instant } from '../core/clock.ts';
import type { JournalEvent } from '../stop/journal.ts';

/** Everything that can stop. 'file' is the permit itself: that it can be removed, which all the others need. */
export const CONTROLS = ['shortcut', 'tray', 'button', 'command-line', 'file'] as const;
export type ControlName = (typeof CONTROLS)[number];
/** What a person can press. With fewer than two of them nothing is published. */
const PRESSED = ['shortcut', 'tray', 'button', 'command-line'] as const;

/** '' works; null cannot be said now, for instance of a page that is loading; otherwise why not, as a code. */
export type CheckResult = '' | ControlProblem | null;
export type ControlProblem =
  | 'taken'
  | 'unproven'
  | 'no-host'
  | 'no-window'
  | 'no-answer'
  | 'not-removable'
  | 'latch-not-writable';

export type ControlStatus = {
  readonly control: ControlName;
  /** Null until the first look. */
  readonly works: boolean | null;
  /** It did, since the app started: a desktop that never showed an icon has not lost one. */
  readonly hasWorked: boolean;
  /** Since when that is so. */
  readonly since: Instant;
  readonly checkedAt: Instant | null;
  /** Why it does not work, as a code; '' when it does. */
  readonly problem: '' | ControlProblem;
};

/**
 * From the beginning of one look to that of the next. What is lost just after a look fails at 13.5, 27, 40.5 and 54 s: three looks and
 * 40 s after the first one that failed it counts as lost, with the 4 s the last may take 58 s after it was lost, within the 60 s
 * promised. A page that is busy, a machine under load or one that wakes for less than 40 s has lost nothing.
 */
const LOOK_EVERY_MS = 13_500;
const FIRST_LOOK_MS = 5_000;
const MOST_CHECK_MS = 4_000;
const LOST_AFTER_LOOKS = 3;
const LOST_AFTER_MS = 40_000;

/**
 * Looks at every control of the stop, all the time: a control that fails silently is found before it is needed (IEC 61508-4 3.8.6). With
 * fewer than two left that a person can press, publishing is stopped, and only a person releases it.
 */
export function createControls(deps: {
  readonly clock: Clock;
  /** May take as long as they like; what does not answer in time does not work. */
  readonly checks: Readonly<Record<ControlName, () => CheckResult | Promise<CheckResult>>>;
  readonly isPublishing: () => boolean;
  readonly stop: (reason: string) => void;
  readonly record: (event: JournalEvent) => void;
  /** It was just lost. */
  readonly onLost: (control: ControlName) => void;
  readonly onChange: () => void;
}) {
  const { clock } = deps;
  const statuses = new Map<ControlName, ControlStatus>();
  /** Looks that failed in a row, and when the first of them began. */
  const failures = new Map<ControlName, { readonly count: number; readonly from: number }>();
  let isRunning = false;
  let isLooking = false;
  let cancelLook: CancelWake = () => {};

  for (const control of CONTROLS)
    statuses.set(control, {
      control,
      works: null,
      hasWorked: false,
      since: clock.now(),
      checkedAt: null,
      problem: '',
    });

  const statusOf = (control: ControlName) => statuses.get(control) as ControlStatus;

  async function check(control: ControlName): Promise<CheckResult> {
    let cancel: CancelWake = () => {};
    const late = new Promise<CheckResult>((resolve) => {
      cancel = clock.after(MOST_CHECK_MS, () => resolve('no-answer'));
    });
    try {
      return await Promise.race([deps.checks[control](), late]);
    } catch {
      return 'no-answer';
    } finally {
      cancel();
    }
  }

  /** Whether it failed often and long enough. `lookedAt`: when this look began, on the monotonic clock. */
  function isLost(control: ControlName, lookedAt: number): boolean {
    const before = failures.get(control);
    const { count, from } = { count: (before?.count ?? 0) + 1, from: before?.from ?? lookedAt };
    failures.set(control, { count, from });
    return count >= LOST_AFTER_LOOKS && lookedAt - from >= LOST_AFTER_MS;
  }

  function take(control: ControlName, result: CheckResult, lookedAt: number): void {
    if (result === null) return;
    const before = statusOf(control);
    if (result === '') failures.delete(control);
    else if (!isLost(control, lookedAt) && before.works !== false) return;
    const checkedAt = clock.now();
    const works = result === '';
    const since = before.works === works ? before.since : checkedAt;
    const hasWorked = before.hasWorked || works;
    statuses.set(control, { control, works, hasWorked, since, checkedAt, problem: result });
    if (before.works === works) return;
    if (!works && control === 'tray' && !hasWorked) return;
    if (!works) {
      deps.record({ event: 'control.lost', control, details: { which: control, problem: result } });
      deps.onLost(control);
    } else if (before.works === false)
      deps.record({ event: 'control.back', control, details: { which: control } });
  }

  function holdIfTooFew(): void {
    const left = PRESSED.filter((control) => statusOf(control).works !== false);
    if (left.length < 2 && deps.isPublishing()) deps.stop(whyTooFew(left[0]));
  }

  async function look(): Promise<void> {
    if (!isRunning || isLooking) return;
    isLooking = true;
    cancelLook();
    const lookedAt = clock.monotonic();
    const results = await Promise.all(
      CONTROLS.map(async (control) => [control, await check(control)] as const),
    );
    isLooking = false;
    if (!isRunning) return;
    for (const [control, result] of results) take(control, result, lookedAt);
    holdIfTooFew();
    deps.onChange();
    lookIn(Math.max(0, lookedAt + LOOK_EVERY_MS - clock.monotonic()));
  }

  function lookIn(ms: number): void {
    cancelLook();
    cancelLook = clock.after(ms, () => void look());
  }

  return {
    start(): void {
      if (isRunning) return;
      isRunning = true;
      lookIn(FIRST_LOOK_MS);
    },
    stop(): void {
      isRunning = false;
      cancelLook();
    },
    /** The machine woke: what was half lost before is looked at anew, a moment later. */
    awake(): void {
      failures.clear();
      if (isRunning) lookIn(FIRST_LOOK_MS);
    },
    list: (): readonly ControlStatus[] => CONTROLS.map(statusOf),
  };
}

/** What is lost, in words, and what to do. The window says it in its own language. */
function whyTooFew(left: ControlName | undefined): string {
  switch (left) {
    case 'shortcut':
      return 'Only the shortcut is left of the controls of the stop: tray item, button and command line do not work. Mend one, then release.';
    case 'tray':
      return 'Only the tray item is left of the controls of the stop: shortcut, button and command line do not work. Mend one, then release.';
    case 'button':
      return 'Only the button is left of the controls of the stop: shortcut, tray item and command line do not work. Mend one, then release.';
    case 'command-line':
      return 'Only the command line is left of the controls of the stop: shortcut, tray item and button do not work. Mend one, then release.';
    default:
      return 'No control of the stop works: neither shortcut nor tray item, button or command line. Mend two, then release.';
  }
}
