import type { TripLimits } from '../../src-main/core/trips.ts';

/** For runs that publish, refuse and lose answers by the hundred on purpose: nothing is held or stopped by itself. */
export const NO_TRIPS: TripLimits = {
  ratePerMinute: Number.POSITIVE_INFINITY,
  rateTimes: 0,
  refusals: Number.POSITIVE_INFINITY,
  unanswered: Number.POSITIVE_INFINITY,
  unconfirmed: Number.POSITIVE_INFINITY,
};
