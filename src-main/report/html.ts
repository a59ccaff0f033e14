import { type Html, html } from '../calendar/html-text.ts';
import type { Language } from '../calendar/local-time.ts';
import type { Fate, Line, PostYes, ReportModel, ReportPost, SentPost, Tick } from './report-model.ts';
import { standing } from './standing.ts';
import { exactTime, localTime, type ReportWords, reportWords, utcTime } from './words.ts';

const nothing: Html = { html: '' };

const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1a1d21; background: #fff; margin: 0 auto; max-width: 190mm; padding: 8mm 4mm }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 5mm; overflow-wrap: anywhere }
h2 { font-size: 12.5pt; margin: 9mm 0 2.5mm; break-after: avoid }
h2 span { font-weight: 400; color: #5b636d }
p { margin: 0 0 2.5mm }
dl { display: grid; grid-template-columns: 44mm 1fr; gap: 1.4mm 5mm; margin: 0; padding: 4.5mm 5mm; border: 1px solid #d5dae0; border-radius: 2mm }
dt { color: #5b636d }
dd { margin: 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; font-size: 9.2pt; table-layout: fixed }
thead { display: table-header-group }
th { text-align: left; font-weight: 600; color: #5b636d; border-bottom: 1.5px solid #9aa3ad; padding: 1.2mm 2mm 1.2mm 0; vertical-align: bottom }
td { border-bottom: 1px solid #e3e7eb; padding: 1.8mm 2mm 1.8mm 0; vertical-align: top; overflow-wrap: anywhere }
tr { break-inside: avoid }
td.words { white-space: pre-wrap }
small { display: block; color: #5b636d; font-size: 8.2pt; white-space: normal }
td, small { font-variant-numeric: tabular-nums }
code { font: 7.6pt/1.35 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; color: #3c434b; overflow-wrap: anywhere }
.bad { border: 2px solid #b3261e; background: #fdecea; padding: 3mm 4mm; font-weight: 600; margin: 0 0 4mm; border-radius: 2mm }
.about { font-size: 9pt; color: #3c434b }
@media print { body { padding: 0; max-width: none } }
`;

/**
 * The document for one brand as one HTML page: no script, nothing from elsewhere, everything the journal holds escaped. Its addresses are
 * links only where they are http or https.
 */
export function renderReport(model: ReportModel, language: Language): string {
  const words = reportWords(language);
  const { brand, stop, chain, last } = model;
  const zone = brand.timeZone;
  const both = (at: number) => html`${exactTime(at, language, zone)}<small>${utcTime(at)}</small>`;
  const confirmed =
    stop.confirmedAt !== null
      ? both(stop.confirmedAt)
      : html`${stop.notConfirmedAt === null ? words.notConfirmed : words.couldNotBe(utcTime(stop.notConfirmedAt))}`;
  const title = words.title(brand.name);
  const warning = chain.isWhole ? nothing : html`<p class="bad">${words.broken(chain.brokenAt ?? 0)}</p>`;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
${warning}
<dl>
<dt>${words.stoppedAt}</dt><dd>${both(stop.at)}</dd>
<dt>${words.confirmedAt}</dt><dd>${confirmed}</dd>
<dt>${words.by}</dt><dd>${stop.by || words.nobody}</dd>
<dt>${words.controlName}</dt><dd>${words.control(stop.control)}</dd>
<dt>${words.covered}</dt><dd>${words.scope(stop.scope, brand.name, stop.scopeName)}</dd>
<dt>${words.reason}</dt><dd>${stop.reason || words.noReason}</dd>
<dt>${words.released}</dt><dd>${
    model.release
      ? html`${both(model.release.at)}${words.by} ${model.release.by || words.nobody}`
      : words.notReleased(standing(model))
  }</dd>
${
  model.alsoStopped.length === 0
    ? nothing
    : html`<dt>${words.alsoStopped}</dt><dd>${model.alsoStopped.map((scope) => words.scope(scope, brand.name)).join(', ')}</dd>`
}
</dl>
${heldSection(model, words)}
${section(words.missedTitle, model.missed.length, model.missed.length === 0 ? nothing : heldTable(model.missed, words), words, true)}
${section(words.outTitle, model.out.length, model.out.length === 0 ? html`<p>${words.outNone}</p>` : sentTable(model.out, zone, words), words, false)}
${section(words.flightTitle, model.inFlight.length, model.inFlight.length === 0 ? html`<p>${words.flightNone}</p>` : sentTable(model.inFlight, zone, words), words, false)}
${section(words.unconfirmedTitle, model.unconfirmed.length, model.unconfirmed.length === 0 ? nothing : sentTable(model.unconfirmed, zone, words), words, true)}
${elsewhereSection(model, words)}
${ticksSection(model, words)}
<h2>${words.aboutTitle}</h2>
<div class="about">
<p>${words.about}</p>
<p>${chain.isWhole ? words.whole(chain.records) : words.broken(chain.brokenAt ?? 0)}</p>
<dl>
${citedLines(model, words)}
<dt>${words.stopLine(stop.seq)}</dt><dd><code>${stop.hash}</code></dd>
<dt>${words.lastLine(last.seq)}</dt><dd><code>${last.hash}</code></dd>
<dt>${words.madeAt}</dt><dd>${both(model.madeAt)}</dd>
</dl>
</div>
</body>
</html>
`;
  return page.html;
}

/** `isOptional`: left out when there is nothing of it. */
function section(title: string, count: number, body: Html, words: ReportWords, isOptional: boolean): Html {
  if (isOptional && count === 0) return nothing;
  return html`<h2>${title} <span>(${words.number(count)})</span></h2>${body}`;
}

function heldSection(model: ReportModel, words: ReportWords): Html {
  const { held, heldInAll, dueBefore, brand } = model;
  const more = heldInAll === null ? 0 : Math.max(0, heldInAll - held.length);
  const ends = localTime(dueBefore ?? 0, words.language, brand.timeZone);
  return html`<h2>${words.heldTitle} <span>(${words.number(held.length + more)})</span></h2>
${heldInAll === null ? html`<p>${words.heldWaits}</p>` : held.length === 0 && more === 0 ? html`<p>${model.missed.length === 0 ? words.heldNone : words.heldMissed}</p>` : nothing}
${held.length === 0 ? nothing : heldTable(held, words)}
${more > 0 ? html`<p><br>${words.more(more, ends)}</p>` : nothing}
${heldInAll !== null && !model.isInventoryWhole ? html`<p>${words.heldPartly}</p>` : nothing}`;
}

function heldTable(held: readonly ReportPost[], words: ReportWords): Html {
  const { language } = words;
  return html`<table>
<colgroup><col style="width:21%"><col style="width:18%"><col style="width:26%"><col style="width:21%"><col style="width:14%"></colgroup>
<thead><tr><th scope="col">${words.time}</th><th scope="col">${words.account}</th><th scope="col">${words.text}</th><th scope="col">${words.proof}</th><th scope="col">${words.became}</th></tr></thead>
<tbody>${held.map(
    (post) => html`<tr>
<td>${localTime(post.publishAt, language, post.timeZone)}<small>${utcTime(post.publishAt)}</small></td>
<td>${post.account}<small>${words.network(post.network)}</small></td>
<td class="words">${post.text || words.noText}${post.media > 0 ? html`<small>${words.media(post.media)}</small>` : nothing}${yesCell(post.yes, post.timeZone, words)}</td>
<td>${post.proof ? proofCell(post.proof, words) : words.noProof}</td>
<td>${fateCell(post.fate, post.timeZone, words)}</td>
</tr>`,
  )}</tbody></table>`;
}

/** The line and the beginning of its hash; the whole of it stands in the list of the lines that are cited. */
function proofCell(proof: NonNullable<ReportPost['proof']>, words: ReportWords): Html {
  return html`${words.proofLine(proof.seq)}<small>${utcTime(proof.at)}</small><small>${words.how(proof.how)}${
    proof.by === '' ? nothing : html`, ${words.byWhom(proof.by)}`
  }</small><code>${proof.hash.slice(0, 16)}…</code>`;
}

/** Who said yes or no to it and when, or who let it go without, and the line that has it. */
function yesCell(yes: PostYes | null, zone: string, words: ReportWords): Html {
  if (yes === null) return nothing;
  const when = localTime(yes.answeredAt ?? yes.at, words.language, zone);
  return html`<small>${words.yes(yes.kind, yes.who || words.nobody, when)}, ${words.proofLine(yes.seq)}</small>`;
}

/** Each line of the journal that proves a post or tells of its yes, once, with its whole hash. */
function citedLines({ held, missed }: ReportModel, words: ReportWords): Html {
  const lines = new Map<number, Line>();
  for (const line of [...held, ...missed].flatMap(({ proof, yes }) => [proof, yes]))
    if (line) lines.set(line.seq, line);
  const cited = [...lines.values()].sort((one, other) => one.seq - other.seq);
  return html`${cited.map(
    (line) =>
      html`<dt>${words.proofLine(line.seq)}<small>${utcTime(line.at)}</small></dt><dd><code>${line.hash}</code></dd>`,
  )}`;
}

function sentTable(sent: readonly SentPost[], zone: string, words: ReportWords): Html {
  return html`<table>
<colgroup><col style="width:20%"><col style="width:17%"><col style="width:36%"><col style="width:27%"></colgroup>
<thead><tr><th scope="col">${words.sentAt}</th><th scope="col">${words.account}</th><th scope="col">${words.text}</th><th scope="col">${words.became}</th></tr></thead>
<tbody>${sent.map(
    (post) => html`<tr>
<td>${localTime(post.at, words.language, zone)}<small>${utcTime(post.at)}</small></td>
<td>${post.account}<small>${words.network(post.network)}</small></td>
<td class="words">${post.text || words.noText}${yesCell(post.yes, zone, words)}</td>
<td>${fateCell(post.fate, zone, words)}</td>
</tr>`,
  )}</tbody></table>`;
}

function fateCell(fate: Fate, zone: string, words: ReportWords): Html {
  const { language } = words;
  return html`${words.fate(fate.kind)}${fate.isTakenDown ? html`, ${words.takenDown}` : nothing}${
    fate.publishAt === null
      ? nothing
      : html`<small>${words.newTime} ${localTime(fate.publishAt, language, zone)}, ${utcTime(fate.publishAt)}</small>`
  }${fate.by === '' ? nothing : html`<small>${words.by} ${fate.by}</small>`}${fate.urls.map(
    (url) => html`<small>${link(url)}</small>`,
  )}${fate.at === null ? nothing : html`<small>${utcTime(fate.at)}</small>`}`;
}

const link = (url: string): Html =>
  /^https?:\/\//iu.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : html`${url}`;

function elsewhereSection({ elsewhere, elsewhereUnread, brand }: ReportModel, words: ReportWords): Html {
  if (elsewhere.length + elsewhereUnread.length === 0) return nothing;
  const zone = brand.timeZone;
  const unread = elsewhereUnread.map(({ account, where }) => `${account} (${where})`).join(', ');
  return html`<h2>${words.elsewhereTitle} <span>(${words.number(elsewhere.length)})</span></h2>${
    elsewhere.length === 0
      ? nothing
      : html`<table>
<colgroup><col style="width:21%"><col style="width:20%"><col style="width:30%"><col style="width:29%"></colgroup>
<thead><tr><th scope="col">${words.time}</th><th scope="col">${words.account}</th><th scope="col">${words.text}</th><th scope="col">${words.became}</th></tr></thead>
<tbody>${elsewhere.map(
          (post) => html`<tr>
<td>${post.planAt === null ? '–' : localTime(post.planAt, words.language, zone)}${post.planAt === null ? nothing : html`<small>${utcTime(post.planAt)}</small>`}</td>
<td>${post.channel || post.account}<small>${post.where}</small></td>
<td class="words">${post.text || words.noText}${post.url === '' ? nothing : html`<small>${link(post.url)}</small>`}</td>
<td>${words.elsewhere(post.state)}${post.tickedBy === '' ? nothing : html`, ${words.dealtWith(post.tickedBy)}`}${
            post.at === null
              ? nothing
              : html`<small>${post.by === '' ? words.byItself : words.byWhom(post.by)}</small><small>${utcTime(post.at)}</small>`
          }</td>
</tr>`,
        )}</tbody></table>`
  }${unread === '' ? nothing : html`<p><br>${words.elsewhereUnread(unread)}</p>`}`;
}

function ticksSection({ ticks, brand }: ReportModel, words: ReportWords): Html {
  if (ticks.length === 0) return nothing;
  return html`<h2>${words.ticksTitle}</h2><table><tbody>${ticks.map(
    (tick) => html`<tr><td style="width:18%">${tick.kind === 'tool' ? words.tool : words.plan}</td>
<td>${tickText(tick, words)}${tick.who === '' ? nothing : html`<small>${words.forWhom(tick.who)}</small>`}</td>
<td style="width:20%">${tick.by || words.nobody}</td>
<td style="width:26%">${localTime(tick.at, words.language, brand.timeZone)}<small>${utcTime(tick.at)}</small></td></tr>`,
  )}</tbody></table>`;
}

function tickText({ kind, what, account, isDone }: Tick, words: ReportWords): string {
  if (kind === 'tool') return isDone ? words.toolOn(what, account) : words.toolOff(what, account);
  return isDone ? what : `${what} (${words.undone})`;
}
