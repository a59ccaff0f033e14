const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a person reads in a status' HTML. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/p>/giu, '\n')
    .replace(/<[^>]*>/gu, '')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/giu,
      (whole, decimal, hex, name: string | undefined) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

/**
 * The text two statuses are compared by: letters, digits and pictures only, because servers turn marks into formatting and back; a
 * mention without its server, because they shorten it.
 */
export function essence(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(@[a-z0-9_]+)@[a-z0-9.-]+/gu, '$1');
  return folded.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]/gu, '') || folded.replace(/\s/gu, '');
}
