import type { Instant } from '../core/clock.ts';
import { isoTimeOf, localTimeOf, resolveLocalTime } from './local-time.ts';
import { quoted, type Said, say } from './said.ts';

/**
 * What a cell of `publish_at` means; `localTime` is 'YYYY-MM-DDTHH:mm' in the zone. `either`: the earlier and the later instant that may be
 * meant where the clocks skip the time or show it twice.
 */
export type ReadTime =
  | { readonly ok: true; readonly at: Instant; readonly localTime: string }
  | { readonly ok: false; readonly said: Said; readonly either?: readonly [Instant, Instant] };

const WALL = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?$/u;
const ISO =
  /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d{0,6})?)? ?(Z|[+-]\d\d(?::?[0-5]\d)?)$/iu;

/**
 * Reads '2026-12-01 09:30' (also with T, also with seconds) in a known zone, or ISO 8601 with its own offset. Nothing else is
 * guessed: 01/12/2026 is two days.
 */
export function readPublishAt(cell: string, zone: string): ReadTime {
  const text = cell.trim();
  const iso = ISO.exec(text);
  if (iso !== null) return readIso(iso, zone, text);
  const wall = WALL.exec(text);
  return wall === null ? { ok: false, said: unreadable(text) } : readWall(wall, zone, text);
}

function readWall(found: RegExpExecArray, zone: string, text: string): ReadTime {
  const [, day, time, seconds = ''] = found;
  const resolved = resolveLocalTime(`${day}T${time}${seconds}`, zone);
  switch (resolved.kind) {
    case 'one':
      return { ok: true, at: resolved.at, localTime: `${day}T${time}` };
    case 'invalid':
      return { ok: false, said: noSuchTime(text) };
    case 'gap': {
      const [before, after] = [resolved.before, resolved.after].map((near) =>
        near.localTime.replace('T', ' '),
      );
      return {
        ok: false,
        either: [resolved.before.at, resolved.after.at],
        said: say(
          `${day} ${time} does not exist in ${zone}: the clocks go forward over it. Write ${before} or ${after}.`,
          `${day} ${time} n’existe pas à ${zone} : l’horloge saute cette heure. Écrivez ${before} ou ${after}.`,
        ),
      };
    }
    case 'twice': {
      const [first, second] = [isoTimeOf(resolved.first, zone), isoTimeOf(resolved.second, zone)];
      return {
        ok: false,
        either: [resolved.first, resolved.second],
        said: say(
          `${day} ${time} exists twice in ${zone}: the clocks go back over it. Write ${first} for the first or ${second} for the second.`,
          `${day} ${time} existe deux fois à ${zone} : l’horloge repasse par cette heure. Écrivez ${first} pour la première ou ${second} pour la seconde.`,
        ),
      };
    }
  }
}

function readIso(found: RegExpExecArray, zone: string, text: string): ReadTime {
  const [, day, time, seconds = '00', fraction = '', offset = 'Z'] = found;
  const wall = resolveLocalTime(`${day}T${time}:${seconds}`, 'UTC');
  const ms = offsetMs(offset);
  if (wall.kind !== 'one' || ms === null) return { ok: false, said: noSuchTime(text) };
  const at = wall.at + Number(fraction.padEnd(3, '0')) - ms;
  return { ok: true, at, localTime: localTimeOf(at, zone) };
}

function offsetMs(offset: string): number | null {
  if (offset.toUpperCase() === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The cell that `readPublishAt` reads as exactly this instant: the wall time where that is enough, else ISO 8601 with offset. */
export function writePublishAt(at: Instant, zone: string): string {
  const localTime = localTimeOf(at, zone);
  const back = resolveLocalTime(localTime, zone);
  return back.kind === 'one' && back.at === at ? localTime.replace('T', ' ') : isoTimeOf(at, zone);
}

function unreadable(text: string): Said {
  const given = quoted(text);
  if (text === '') return say('There is no time.', 'Il n’y a pas d’heure.');
  return say(
    `${given.en} is not a time as it must be written: 2026-12-01 09:30, or 2026-12-01T09:30+01:00.`,
    `${given.fr} n’est pas écrit comme il le faut : 2026-12-01 09:30, ou 2026-12-01T09:30+01:00.`,
  );
}

function noSuchTime(text: string): Said {
  const given = quoted(text);
  return say(
    `There is no such day or time as ${given.en}.`,
    `Ce jour ou cette heure n’existe pas : ${given.fr}.`,
  );
}
