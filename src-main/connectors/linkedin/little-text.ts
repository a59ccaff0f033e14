/** The signs that mean something in LinkedIn's little text format; one that is not escaped can cut the text off. */
const RESERVED = /[\\|{}@[\]()<>*_~]|#(?![\p{L}\p{N}])/gu;

/** A text as it is sent: what was written appears as it was written, and `#word` stays a hashtag. */
export function written(text: string): string {
  return text.replace(RESERVED, (sign) => `\\${sign}`);
}

/** What a text that was sent says to people; a hashtag that LinkedIn wrote as a template reads as one. */
export function plain(commentary: string): string {
  return commentary
    .replace(/\{hashtag\|\\?#\|([^}]*)\}/gu, (_, word: string) => `#${word}`)
    .replace(/\\([\\|{}@[\]()<>#*_~])/gu, (_, sign: string) => sign)
    .replace(/\s+/gu, ' ')
    .trim();
}
