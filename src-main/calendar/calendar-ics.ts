import { splitLabels } from '../core/labels.ts';
import type { PostState } from '../core/post.ts';
import type { Language } from './local-time.ts';
import { inWords } from './said.ts';
import { type ShownPost, stateWords } from './shown-post.ts';

/** RFC 5545, 3.1: a line has at most 75 octets, its end left out. */
const MOST_OCTETS = 75;
const SUMMARY_LETTERS = 80;

/** RFC 5545, 3.8.1.11: what is sure, what may still change, what will not be. */
const STATUS: Readonly<Record<PostState, 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'>> = {
  scheduled: 'CONFIRMED',
  publishing: 'CONFIRMED',
  published: 'CONFIRMED',
  held: 'TENTATIVE',
  missed: 'TENTATIVE',
  unconfirmed: 'TENTATIVE',
  failed: 'CANCELLED',
  canceled: 'CANCELLED',
};

export function icsHead(name: string): string {
  return lines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//All Stop//Calendar//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeIcs(name)}`,
  ]);
}

/** Instants in UTC; the same post has the same UID in every file, so that a calendar that reads a later one changes it. */
export function icsEvent(shown: ShownPost, language: Language): string {
  const { post } = shown;
  const [first = ''] = post.content.parts;
  const oneLine = Array.from(first.replace(/\s+/gu, ' ').trim());
  const excerpt =
    oneLine.length > SUMMARY_LETTERS
      ? `${oneLine.slice(0, SUMMARY_LETTERS - 1).join('')}…`
      : oneLine.join('');
  const state = inWords(stateWords(shown), language);
  const who = `${shown.account} (${shown.networkName})`;
  const said = [state, who, post.content.parts.join('\n---\n'), post.content.link].filter(
    (part) => part !== '',
  );
  const url = post.refs.map((ref) => ref.url).find((one) => /^https?:\/\/[^\s\p{Cc}]+$/u.test(one));
  return lines([
    'BEGIN:VEVENT',
    `UID:post-${post.id}-${post.createdAt}@all-stop`,
    `DTSTAMP:${utc(post.changedAt)}`,
    `LAST-MODIFIED:${utc(post.changedAt)}`,
    `DTSTART:${utc(post.publishAt)}`,
    `SUMMARY:${escapeIcs([shown.brand, excerpt || who].join(': '))}`,
    `DESCRIPTION:${escapeIcs(said.join('\n\n'))}`,
    `STATUS:${shown.isHeldByStop ? 'TENTATIVE' : STATUS[post.state]}`,
    `CATEGORIES:${[state, shown.brand, ...splitLabels(post.label)]
      .filter((part) => part !== '')
      .map(escapeIcs)
      .join(',')}`,
    ...(url === undefined ? [] : [`URL:${url}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
}

export const ICS_END = 'END:VCALENDAR\r\n';

function lines(all: readonly string[]): string {
  return all.map((line) => `${fold(line)}\r\n`).join('');
}

/** '20261201T083000Z' */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`;
}

/** RFC 5545, 3.3.11. Control characters have no place in a file of lines, nor has what some readers take for the end of one. */
function escapeIcs(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into the file
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu, ' ')
      .replace(/[\\;,]/gu, (sign) => `\\${sign}`)
      .replaceAll('\n', '\\n')
  );
}

/** Lines that are too long go on in the next, behind a space; no letter is cut in two. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= MOST_OCTETS) return line;
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > MOST_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}
