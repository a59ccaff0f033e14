import type { Brand } from '../core/brand.ts';
import { isSafeLink, type OtherTool, type Plan } from '../core/plan.ts';
import { PLAN_PAGE_WORDS, type PlanPageWords } from './plan-page-words.ts';

/** A tool with what its account is called, for instance '@atelier (Mastodon)'. */
export type PlacedTool = OtherTool & { readonly account: string };

const STYLE = `
  body { max-width: 54rem; margin: 2rem auto; padding: 0 1.5rem; color: #1d242d; background: #fff;
    font: 15px/1.5 Inter, 'Segoe UI', system-ui, sans-serif; }
  h1 { margin: 0; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
  h2 { margin: 1.6rem 0 .4rem; font-size: 17px; break-after: avoid; }
  p { margin: .2rem 0; }
  .quiet { color: #566170; }
  .message { padding: .8rem 1rem; border: 1px solid #c3cad4; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; }
  th { color: #566170; font-size: 13px; font-weight: 500; text-align: left; }
  th, td { padding: .35rem .8rem .35rem 0; vertical-align: top; border-bottom: 1px solid #dfe3e9; overflow-wrap: anywhere; }
  tr { break-inside: avoid; }
  td.phone { font-weight: 600; white-space: nowrap; }
  td.order { width: 2rem; }
  td.blank { width: 11rem; }
  li { margin: .15rem 0; overflow-wrap: anywhere; }
  footer { margin-top: 2rem; padding-top: .6rem; font-size: 13px; border-top: 1px solid #c3cad4; }
  @page { margin: 16mm; }
  @media print { body { margin: 0; padding: 0; } }
`;

/**
 * The plan as one page that needs nothing else: no script, no picture, nothing from elsewhere. Everything a person typed is text in it,
 * and only an https link is a link. Entries that hold nothing are left out. Instants are shown in the brand's zone.
 */
export function planPage(brand: Brand, plan: Plan, tools: readonly PlacedTool[]): string {
  const words = PLAN_PAGE_WORDS[plan.language];
  const sections = [
    section(words.people, peopleTable(plan, words)),
    section(words.message, messageBox(plan, words)),
    section(words.rules, ruleList(plan, words)),
    section(words.steps, stepTable(plan, words)),
    section(words.tools, toolTable(tools, words)),
  ];
  return `<!doctype html>
<html lang="${plan.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(`${words.title} · ${brand.name}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<p class="quiet">${words.title}</p>
<h1>${escapeHtml(brand.name)}</h1>
<p class="quiet">${words.asOf} ${escapeHtml(instantIn(plan.changedAt, plan.language, brand.timeZone))}</p>
${sections.join('\n')}
<footer class="quiet">${words.byHand}</footer>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const section = (title: string, body: string) => `<section>\n<h2>${title}</h2>\n${body}\n</section>`;
const none = (words: string) => `<p class="quiet">${words}</p>`;
const says = (...fields: readonly string[]) => fields.some((field) => field.trim() !== '');

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function peopleTable({ decisionMakers }: Plan, words: PlanPageWords): string {
  const people = decisionMakers.filter(({ name, role, phone, email }) => says(name, role, phone, email));
  if (people.length === 0) return none(words.noPeople);
  return table(
    [words.order, words.name, words.role, words.phone, words.email],
    people.map(
      ({ name, role, phone, email }, index) =>
        `<tr><td class="order">${index + 1}</td><td>${escapeHtml(name)}</td><td>${escapeHtml(role)}</td>` +
        `<td class="phone">${escapeHtml(phone)}</td><td>${escapeHtml(email)}</td></tr>`,
    ),
  );
}

function messageBox({ holdingMessage }: Plan, words: PlanPageWords): string {
  return says(holdingMessage)
    ? `<p class="message">${escapeHtml(holdingMessage)}</p>`
    : none(words.noMessage);
}

function ruleList({ toneRules }: Plan, words: PlanPageWords): string {
  const rules = toneRules.filter((rule) => says(rule));
  if (rules.length === 0) return none(words.noRules);
  return `<ul>\n${rules.map((rule) => `<li>${escapeHtml(rule)}</li>`).join('\n')}\n</ul>`;
}

function stepTable({ steps }: Plan, words: PlanPageWords): string {
  const wanted = steps.filter(({ text, who }) => says(text, who));
  if (wanted.length === 0) return none(words.noSteps);
  return table(
    [words.order, words.step, words.who, words.doneAt],
    wanted.map(
      ({ text, who }, index) =>
        `<tr><td class="order">${index + 1}</td><td>${escapeHtml(text)}</td>` +
        `<td>${says(who) ? escapeHtml(who) : `<span class="quiet">${words.nobody}</span>`}</td>` +
        `<td class="blank"></td></tr>`,
    ),
  );
}

function toolTable(tools: readonly PlacedTool[], words: PlanPageWords): string {
  if (tools.length === 0) return none(words.noTools);
  const rows = tools.map(
    ({ account, kind, name, link, note }) =>
      `<tr><td>${escapeHtml(account)}</td><td>${escapeHtml(name)}<br><span class="quiet">${words.kind[kind]}</span></td>` +
      `<td>${linkTo(link)}</td><td>${escapeHtml(note)}</td><td class="blank"></td></tr>`,
  );
  return `<p class="quiet">${words.toolsLead}</p>\n${table([words.account, words.tool, words.link, words.note, words.offBy], rows)}`;
}

function linkTo(link: string): string {
  const text = escapeHtml(link);
  return link !== '' && isSafeLink(link) ? `<a href="${text}" rel="noreferrer">${text}</a>` : text;
}

function instantIn(at: number, language: Plan['language'], timeZone: string): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const options = { dateStyle: 'long', timeStyle: 'short' } as const;
  try {
    return `${new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at)} (${timeZone})`;
  } catch {
    // A zone this runtime does not know.
    return `${new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at)} (UTC)`;
  }
}
