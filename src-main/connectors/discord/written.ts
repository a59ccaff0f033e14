const ADDRESS = /https?:\/\/[^\s<]+/giu;
/** '<@17…>', which means one person by number. */
const PERSON = /<@!?(\d{15,20})>/gu;
const KEPT = new RegExp(`${ADDRESS.source}|${PERSON.source}`, 'giu');

/**
 * A text so that it appears as it stands: signs of Discord's markup get a backslash, which Discord does not show. Addresses are left whole,
 * as Discord does itself, and so are people meant by number.
 */
export function written(text: string): string {
  let all = '';
  let from = 0;
  for (const kept of text.matchAll(KEPT)) {
    all += plain(text.slice(from, kept.index), isLineStart(text, from)) + kept[0];
    from = kept.index + kept[0].length;
  }
  return all + plain(text.slice(from), isLineStart(text, from));
}

const isLineStart = (text: string, at: number) => at === 0 || text[at - 1] === '\n';

/** Headings, quotes and lists mean something only where a line begins; a piece may begin in the middle of one. */
function plain(piece: string, beginsLine: boolean): string {
  return piece
    .replace(/[\\*_~`|<[]/gu, '\\$&')
    .replace(
      /(^|\n)([ \t]*)(#{1,3}(?=\s)|-#|>|-(?=\s)|\+(?=\s)|\d+\.(?=\s))/gu,
      (all, line: string, space: string, sign: string) => {
        if (line === '' && !beginsLine) return all;
        return `${line}${space}${/^\d/u.test(sign) ? `${sign.slice(0, -1)}\\.` : `\\${sign}`}`;
      },
    );
}

/** The people a text mentions, each once, as `writtenPerson` gives them. */
export function mentionedPeople(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PERSON)].map(([, id]) => `<@${id}>`))];
}

/** '<@number>' from a number or from what Discord copies; null for anything else. */
export function writtenPerson(name: string): string | null {
  const [, id] = /^(?:<@!?)?(\d{15,20})>?$/u.exec(name.trim()) ?? [];
  return id === undefined ? null : `<@${id}>`;
}
