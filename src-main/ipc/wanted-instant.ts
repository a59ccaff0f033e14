import { resolveLocalTime } from '../calendar/local-time.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Desk } from './desk.ts';

/** The instant a person asked for. What does not exist, exists twice without a choice, or has passed is refused. */
export function wantedInstant(
  desk: Pick<Desk, 'clock' | 'language'>,
  wanted: { localTime: string; timeZone: string; at?: number | undefined },
): Result<number> {
  const resolved = resolveLocalTime(wanted.localTime, wanted.timeZone, desk.language());
  let at: number;
  switch (resolved.kind) {
    case 'one':
      at = resolved.at;
      break;
    case 'twice':
      if (wanted.at !== resolved.first && wanted.at !== resolved.second)
        return refuse('time-twice', 'This time comes twice that day. Choose which one is meant.');
      at = wanted.at;
      break;
    case 'gap':
      return refuse('time-gap', 'This time does not exist that day: the clocks go forward over it.');
    case 'invalid':
      return refuse('time-invalid', resolved.message);
  }
  if (at <= desk.clock.now()) return refuse('time-past', 'This time has already passed.');
  return ok(at);
}
