import { splitLabels } from '../core/labels.ts';
import { type Html, html } from './html-text.ts';
import { type Language, localTimeOf } from './local-time.ts';
import { inWords, say } from './said.ts';
import { type ShownPost, stateWords } from './shown-post.ts';

const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm }
body { font: 10pt/1.4 Inter, "Segoe UI", system-ui, Arial, "Liberation Sans", sans-serif; color: #1d242d; background: #fff; margin: 0 }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 1mm; overflow-wrap: anywhere }
h2 { font-size: 11.5pt; margin: 6mm 0 1mm; break-after: avoid }
p { margin: 0; color: #566170 }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9.2pt }
td { padding: 1.2mm 2mm 1.2mm 0; vertical-align: top; border-bottom: 1px solid #dfe3e9; overflow-wrap: anywhere }
tr { break-inside: avoid }
td.time { width: 14mm; font-weight: 600; font-variant-numeric: tabular-nums }
td.state { width: 30mm }
td.who { width: 46mm }
td.words { white-space: pre-wrap }
small { display: block; color: #566170; font-size: 8.4pt }
.struck { text-decoration: line-through }
`;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
const none = say('No post lies in this time.', 'Aucune publication dans cette période.');
const timesIn = (zone: string) => say(`Times in ${zone}`, `Heures de ${zone}`);

/**
 * The posts of a time, day by day, as a page that needs nothing else. `from` and `to` bound it; days and times are those of the zone. A
 * long text is cut, and says so by an ellipsis.
 */
export function calendarPage(
  shown: readonly ShownPost[],
  about: { from: number; to: number; zone: string; language: Language; place: string },
): string {
  const { language, zone } = about;
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const days = new Map<string, ShownPost[]>();
  for (const one of shown) {
    const date = localTimeOf(one.post.publishAt, zone).slice(0, 10);
    const day = days.get(date) ?? [];
    days.set(date, day);
    day.push(one);
  }
  const span = format.formatRange(about.from, about.to - 1);
  const title = about.place === '' ? span : `${about.place} · ${span}`;
  const sections = [...days.values()].map(
    (posts) => html`<h2>${format.format(posts[0]?.post.publishAt ?? 0)}</h2>
<table><tbody>${posts.map((one) => row(one, zone, language))}</tbody></table>
`,
  );
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><style>${{ html: STYLE }}</style></head><body>
<h1>${title}</h1>
<p>${inWords(timesIn(zone), language)}</p>
${sections.length === 0 ? html`<p>${inWords(none, language)}</p>` : sections}
</body></html>
`.html;
}

const MOST_LETTERS = 400;

function row(shown: ShownPost, zone: string, language: Language): Html {
  const { post } = shown;
  const letters = Array.from(post.content.parts.join('\n\n'));
  const text =
    letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : letters.join('');
  const notes = [splitLabels(post.label).join(', '), post.content.link]
    .filter((note) => note !== '')
    .join(' · ');
  return html`<tr><td class="time">${localTimeOf(post.publishAt, zone).slice(11)}</td>
<td class="state">${inWords(stateWords(shown), language)}</td>
<td class="who">${shown.brand}<small>${shown.account} (${shown.networkName})</small></td>
<td class="words${post.state === 'canceled' ? ' struck' : ''}">${text}${notes === '' ? '' : html`<small>${notes}</small>`}</td></tr>
`;
}
