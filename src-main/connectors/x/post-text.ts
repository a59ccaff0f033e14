import { record } from '../shared/answer.ts';

const ADDRESSES = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}…]/giu;

/** The text two posts are compared by: addresses without their scheme, white space as one. */
export function essence(text: string): string {
  return tidy(text.replace(ADDRESSES, bareAddress));
}

/** The same of a post as X lists it: its short addresses stand for others, the last ones for media, and three signs are written for HTML. */
export function shownEssence(post: Readonly<Record<string, unknown>>): string {
  const long = record(post.note_tweet);
  const isLong = typeof long.text === 'string';
  const { urls } = record(isLong ? long.entities : post.entities);
  let text = String(isLong ? long.text : post.text);
  for (const value of Array.isArray(urls) ? urls : []) {
    const { url, expanded_url: expanded, media_key: mediaKey } = record(value);
    if (typeof url !== 'string' || url === '') continue;
    const stands = mediaKey !== undefined || typeof expanded !== 'string' ? '' : bareAddress(expanded);
    text = text.replaceAll(url, () => stands);
  }
  return tidy(text.replace(/&(amp|lt|gt);/gu, (_, name: 'amp' | 'lt' | 'gt') => SIGNS[name]));
}
const SIGNS = { amp: '&', lt: '<', gt: '>' };

function bareAddress(address: string): string {
  const [, rest = ''] = /^https?:\/\/(.*)$/iu.exec(address) ?? [];
  const [host = '', ...path] = rest.split('/');
  return [host.toLowerCase(), ...path].join('/').replace(/\/$/u, '');
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
