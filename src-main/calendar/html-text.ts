/** Made into HTML already: nothing else gets into the page without being escaped. */
export type Html = { readonly html: string };

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach the page
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/** Text as text, whatever it holds; what turns the direction of writing round is left out. */
const escapeText = (text: string) =>
  text.replace(CONTROL, '').replace(/[&<>"']/gu, (sign) => SIGNS[sign] ?? '');

/** A page's text: every value that is put in is escaped, but for what is HTML already. */
export function html(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const filled = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
    return 'html' in value ? value.html : value.map((one) => one.html).join('');
  });
  return { html: texts.map((text, index) => text + (filled[index] ?? '')).join('') };
}
