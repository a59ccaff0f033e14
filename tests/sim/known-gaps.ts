/**
 * Where the app does not yet keep a promise: found here, told, and left out of the check until it is mended. `strict` leaves nothing out.
 */
const GAPS = {
  'late-after-sleep':
    'A post that was handed over before the machine fell asleep goes out after the wake, however late: nobody asks between connecting and sending how late it is.',
  'brand-pressed-again':
    'A brand stopped once more from the command line does not turn down a release of it that was being decided.',
  'partial-release':
    'A release of several brands that fails at the second says that nothing was released, and the first comes back all the same.',
  'clock-set-during-release':
    'A clock set forward in the very step of a release shortens its countdown: the monotonic end is worked out from the wall clock, afterwards.',
  'epoch-lost':
    'A stop engaged while the latch cannot be read counts the epochs from the beginning: an epoch comes a second time.',
} as const;

export type Gap = keyof typeof GAPS;

let isStrict = false;

export const gaps: Readonly<Record<Gap, string>> = GAPS;

export function leaveNothingOut(): void {
  isStrict = true;
}

export function isLeftOut(_gap: Gap): boolean {
  return !isStrict;
}
