const ADDRESS = String.raw`https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]}'"…]`;
const PERSON = String.raw`<@([UW][A-Z0-9]{5,20})(?:\|[^>\n]*)?>`;
const PARTS = new RegExp(`${ADDRESS}|${PERSON}`, 'gu');
const PEOPLE = new RegExp(PERSON, 'gu');

/**
 * A text so that it appears as it stands: the three signs by which Slack knows its own marks are written as it asks. So neither <!channel>,
 * <!here> nor a group is ever told; only who is meant by '<@U…>' is.
 */
export function written(text: string): string {
  let all = '';
  let from = 0;
  for (const person of text.matchAll(PEOPLE)) {
    all += `${escaped(text.slice(from, person.index))}<@${person[1]}>`;
    from = person.index + person[0].length;
  }
  return all + escaped(text.slice(from));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a person reads in a text as Slack gives it back, on one line. */
export function readBack(text: string): string {
  return text
    .replace(
      /<((?:https?:|mailto:)[^|>]+)(?:\|([^>]*))?>/gu,
      (_, address: string, shown: string | undefined) =>
        address.startsWith('mailto:') ? (shown ?? address) : address,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The same text as a block, in which every sign is only itself; for a message with pictures. */
export function richText(text: string): object {
  const elements: object[] = [];
  let from = 0;
  const say = (piece: string) => {
    if (piece !== '') elements.push({ type: 'text', text: piece });
  };
  for (const part of text.matchAll(PARTS)) {
    say(text.slice(from, part.index));
    elements.push(
      part[1] === undefined ? { type: 'link', url: part[0] } : { type: 'user', user_id: part[1] },
    );
    from = part.index + part[0].length;
  }
  say(text.slice(from));
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** The people a text mentions, each once, as `writtenPerson` gives them. */
export function mentionedPeople(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PEOPLE)].map(([, id]) => `<@${id}>`))];
}

/** '<@U…>' from a member ID or from what Slack copies; null for anything else. */
export function writtenPerson(name: string): string | null {
  const [, id] = /^(?:<@)?([UW][A-Z0-9]{5,20})(?:(?:\|[^>\n]*)?>)?$/u.exec(name.trim()) ?? [];
  return id === undefined ? null : `<@${id}>`;
}
