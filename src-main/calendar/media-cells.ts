import { dirname, isAbsolute, join } from 'node:path';
import type { Limits } from '../core/connector.ts';
import type { Found } from './desk-index.ts';
import { lookAtMedia, type MediaFile } from './media-folder.ts';
import { quoted, type Said, say } from './said.ts';

/** Looks at media files named by a calendar, each file once. */
export type MediaFinder = {
  /** `written` is relative to the calendar file; '/' and '\' both separate folders. */
  find(written: string, limits: Limits, signal: AbortSignal | null): Promise<Found<MediaFile>>;
};

export function createMediaFinder(calendarPath: string): MediaFinder {
  const folder = dirname(calendarPath);
  const looked = new Map<string, Found<MediaFile>>();
  return {
    async find(written, limits, signal) {
      const name = quoted(written);
      if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(written)) {
        return refusal(name, say('it is a web address, not a file', 'c’est une adresse web, pas un fichier'));
      }
      const relative = written.replaceAll('\\', '/');
      if (isAbsolute(relative) || /^[a-z]:/iu.test(relative)) {
        const why = say('write its path relative to this file', 'écrivez son chemin à partir de ce fichier');
        return refusal(name, why);
      }
      const known = looked.get(relative);
      if (
        known !== undefined &&
        !(known.ok && known.value.sha256 === '' && known.value.bytes <= limits.mediaBytes)
      ) {
        return known;
      }
      const found = await look(folder, relative, limits, signal);
      const answer: Found<MediaFile> = found.ok ? { ok: true, value: found.file } : refusal(name, found.said);
      looked.set(relative, answer);
      return answer;
    },
  };
}

/** Accents may be written in two ways, and file systems do not agree which. */
async function look(folder: string, relative: string, limits: Limits, signal: AbortSignal | null) {
  const spellings = new Set([relative, relative.normalize('NFC'), relative.normalize('NFD')]);
  let first: Awaited<ReturnType<typeof lookAtMedia>> | null = null;
  for (const spelling of spellings) {
    const found = await lookAtMedia(join(folder, spelling), limits.mediaBytes, signal);
    if (found.ok) return found;
    first ??= found;
  }
  return first ?? lookAtMedia(join(folder, relative), limits.mediaBytes, signal);
}

function refusal(name: { en: string; fr: string }, why: Said): { ok: false; said: Said } {
  return { ok: false, said: say(`${name.en}: ${why.en}.`, `${name.fr} : ${why.fr}.`) };
}

/** The paths in a cell; empty ones do not count. */
export function splitMedia(cell: string): readonly string[] {
  return cell
    .split('|')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}

/**
 * The pieces of a cell in their order, descriptions of media or labels; empty ones at the end may be left out. '|' stands between two, '\|' for
 * the sign itself and '\\' for a backslash.
 */
export function splitPieces(cell: string): readonly string[] {
  const texts = [''];
  for (const piece of cell.match(/\\[\\|]|[^\\|]+|[\\|]/gu) ?? []) {
    if (piece === '|') texts.push('');
    else texts[texts.length - 1] += piece === '\\\\' || piece === '\\|' ? piece.slice(1) : piece;
  }
  const trimmed = texts.map((text) => text.trim());
  while (trimmed.length > 0 && trimmed.at(-1) === '') trimmed.pop();
  return trimmed;
}

/** The cell that `splitPieces` reads as these. */
export function joinPieces(texts: readonly string[]): string {
  return texts.map((text) => text.trim().replace(/\r\n?/gu, '\n').replace(/[\\|]/gu, '\\$&')).join('|');
}
