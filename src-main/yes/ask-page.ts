import { createHash } from 'node:crypto';
import { type Html, html } from '../calendar/html-text.ts';
import type { Language } from '../calendar/local-time.ts';
import type { Media, Post } from '../core/post.ts';
import { localTime, utcTime } from '../report/words.ts';
import { ASK_WORDS, type AskWords } from './ask-words.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { shortCode, yesCode } from './yes-code.ts';

/** Who is asked, of what, and how the answers find the way back. */
export type Asking = {
  readonly brand: string;
  /** Whose yes is asked for. */
  readonly from: string;
  readonly language: Language;
  readonly madeAt: number;
  /** Of the brand: posts are shown in it and in UTC. */
  readonly timeZone: string;
  /** Names the data folder and this page. Hex. */
  readonly deskId: string;
  readonly request: string;
  readonly posts: number;
  /** What the answers are saved as. */
  readonly answerFile: string;
};

/** A post with the names around it. `pictures`: by SHA-256, those that are shown in the page. */
export type AskedPost = {
  readonly post: Post;
  readonly account: string;
  readonly networkName: string;
  readonly pictures: ReadonlyMap<string, PagePicture>;
};

/** A data address; `isSmaller`: it was made small for the page. */
export type PagePicture = { readonly address: string; readonly isSmaller: boolean };

const STYLE = `
:root { color-scheme: light }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1a1d21; background: #f4f5f7; margin: 0 }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .3rem; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; margin: 0 }
h2 small, .quiet { color: #565e68; font-weight: 400 }
.quiet { font-size: .88rem; margin: .2rem 0 }
ol { padding-left: 1.3rem; margin: 1rem 0 }
article, .box { background: #fff; border: 1px solid #d5dae0; border-radius: 8px; padding: 1rem 1.1rem; margin: 1rem 0 }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .8rem 0; padding: .1rem 0 .1rem .8rem; border-left: 3px solid #c3cad4 }
.part { margin: .6rem 0 0; font-weight: 600; font-size: .88rem; color: #565e68 }
.link { overflow-wrap: anywhere }
figure { margin: .8rem 0 }
img { max-width: 100%; max-height: 24rem; border: 1px solid #d5dae0; border-radius: 4px; display: block }
figcaption { font-size: .88rem; color: #565e68; margin-top: .2rem; overflow-wrap: anywhere }
fieldset { border: 0; margin: .8rem 0 .4rem; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem }
legend { font-weight: 600; padding: 0; margin-bottom: .3rem }
fieldset label { display: inline-flex; align-items: center; gap: .5rem; padding: .45rem 1.1rem .45rem .8rem; border: 1px solid #8a94a0; border-radius: 6px; cursor: pointer }
fieldset label:has(:checked) { background: #e7eef9; border-color: #2f5fd0 }
input[type=radio] { width: 1.1rem; height: 1.1rem; margin: 0 }
input[type=text], textarea { font: inherit; width: 100%; padding: .5rem .6rem; border: 1px solid #8a94a0; border-radius: 6px; background: #fff; color: inherit }
textarea { min-height: 2.6rem; resize: vertical }
#mail { min-height: 9rem; font: .84rem/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
[aria-invalid=true] { border-color: #b3261e }
.field { display: block; margin: .6rem 0 }
.field span { display: block; font-weight: 600; margin-bottom: .2rem }
button { font: inherit; font-weight: 600; padding: .6rem 1.2rem; border-radius: 6px; border: 1px solid #24498f; background: #2f5fd0; color: #fff; cursor: pointer }
button.plain { background: #fff; color: #1a1d21; border-color: #8a94a0 }
:focus-visible { outline: 3px solid #2f5fd0; outline-offset: 2px }
output { display: block; min-height: 1.5em; margin: .6rem 0; font-weight: 600 }
code { font: .8rem ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; color: #565e68 }
html:not(.scripted) .needs-script { display: none }
html.scripted .by-hand { display: none }
@media (max-width: 30rem) { main { padding: 1rem .7rem 2rem } article, .box { padding: .8rem } fieldset label { flex: 1 } }
@media print { body { background: #fff } article, .box { break-inside: avoid; border-color: #9aa3ad } .needs-script { display: none } main { max-width: none; padding: 0 } }
`;

const policyHash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The client's page, in pieces to be written one after the other: one file that needs nothing else, whose policy lets nothing run but its one
 * script and fetches nothing. Everything people typed is text in it.
 */
export function createAskPage(asking: Asking) {
  const words = ASK_WORDS[asking.language];
  const { language, timeZone } = asking;
  const title = words.title(asking.brand);
  const policy = `default-src 'none'; img-src data:; style-src ${policyHash(STYLE)}; script-src ${policyHash(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const codes: string[] = [];

  return {
    head: (): string =>
      html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="quiet">${words.forWhom(asking.from)} · ${words.made(`${localTime(asking.madeAt, language, timeZone)}, ${utcTime(asking.madeAt)}`)}</p>
<ol>${words.how.map((line) => html`<li>${line}</li>`)}</ol>
<p class="quiet">${words.notProof}</p>
<form id="answers" autocomplete="off">
<div class="box"><label class="field" for="name"><span>${words.name}</span>
<input type="text" id="name" name="name" maxlength="200" aria-describedby="name-hint"></label>
<p class="quiet" id="name-hint">${words.nameHint}</p></div>
`.html,

    /** `n`: its number on the page, from 1. */
    post(asked: AskedPost, n: number): string {
      const { post } = asked;
      const code = yesCode(post, asking.deskId);
      const short = shortCode(post.id, code);
      codes.push(`${localTime(post.publishAt, language, timeZone)}, ${asked.account}\n${short} `);
      const { parts, link, media } = post.content;
      return html`<article data-post="${post.id}" data-at="${post.publishAt}" data-code="${code}" aria-labelledby="h${post.id}">
<h2 id="h${post.id}">${words.of(n, asking.posts)} <small>· ${asked.networkName} · ${asked.account}</small></h2>
<p>${words.plannedFor} <b>${localTime(post.publishAt, language, timeZone)}</b> <span class="quiet">${utcTime(post.publishAt)}</span></p>
${parts.map((part, index) => html`${parts.length > 1 ? html`<p class="part">${words.part(index + 1, parts.length)}</p>` : { html: '' }}<p class="text">${part || words.noText}</p>`)}
${link === '' ? { html: '' } : html`<p class="link">${words.link} <code>${link}</code></p>`}
${media.map((one) => figure(one, asked.pictures, words, language))}
<fieldset><legend>${words.question}</legend>
<label><input type="radio" name="p${post.id}" value="yes"> ${words.yes}</label>
<label><input type="radio" name="p${post.id}" value="no"> ${words.no}</label></fieldset>
<label class="field"><span>${words.remark}</span><textarea maxlength="2000" rows="2"></textarea></label>
<p class="quiet">${words.code} <code>${short}</code></p>
</article>
`.html;
    },

    /** Once every post was asked for. */
    end(): string {
      const request = JSON.stringify({
        desk: asking.deskId,
        request: asking.request,
        file: asking.answerFile,
        head: answerHead(asking),
        nameWord: NAME_WORDS[language],
        yesWord: YES_WORDS[language],
        noWord: NO_WORDS[language],
        words: words.script,
      });
      // HAZARD: in a script element nothing is escaped by entities; '<' ends it.
      const inScript = request.replace(/[<>&\u2028-\u202e\u2066-\u2069]/gu, unicodeOf);
      return html`<div class="box">
<button type="submit" class="needs-script">${words.save}</button>
<output id="said" aria-live="polite"></output>
<h2>${words.byMail}</h2>
<p class="quiet needs-script">${words.byMailHint}</p>
<p class="quiet by-hand">${words.byHand}</p>
<textarea id="mail" aria-label="${words.byMail}" spellcheck="false">${blankLines(asking, codes)}</textarea>
<p><button type="button" class="plain needs-script" id="copy">${words.copy}</button></p>
</div>
</form>
</main>
<script type="application/json" id="request">${{ html: inScript }}</script>
<script>${{ html: PAGE_SCRIPT }}</script>
</body>
</html>
`.html;
    },
  };
}

const unicodeOf = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Words that `read-answers.ts` looks for. */
const NAME_WORDS = { en: 'Name', fr: 'Nom' } as const;
const YES_WORDS = { en: 'YES', fr: 'OUI' } as const;
const NO_WORDS = { en: 'NO', fr: 'NON' } as const;

function answerHead({ deskId, request }: Pick<Asking, 'deskId' | 'request'>): string {
  return `All Stop ${deskId}-${request}`;
}

/** What is filled in by hand where no script runs, or in an e-mail. */
function blankLines(asking: Asking, codes: readonly string[]): string {
  return [answerHead(asking), `${NAME_WORDS[asking.language]}: `, ...codes, ''].join('\n');
}

/** The whole of it as plain text, for an e-mail: what would go out, and lines to fill in. */
export function askText(asking: Asking, posts: readonly AskedPost[]): string {
  const words = ASK_WORDS[asking.language];
  const { language, timeZone } = asking;
  const blocks = posts.map(({ post, account, networkName }, index) =>
    [
      `${words.of(index + 1, posts.length)} · ${networkName} · ${account}`,
      `${words.plannedFor} ${localTime(post.publishAt, language, timeZone)} (${utcTime(post.publishAt)})`,
      '',
      post.content.parts.map((part) => part || words.noText).join('\n---\n'),
      ...(post.content.link === '' ? [] : [`${words.link} ${post.content.link}`]),
      ...post.content.media.map(({ name, altText }) => `[${name}] ${altText || words.noAlt}`),
      '',
      `${shortCode(post.id, yesCode(post, asking.deskId))} `,
    ].join('\n'),
  );
  return [
    words.title(asking.brand),
    words.forWhom(asking.from),
    '',
    words.byHand,
    words.notProof,
    '',
    answerHead(asking),
    `${NAME_WORDS[language]}: `,
    '',
    blocks.join('\n\n========\n\n'),
    '',
  ].join('\n');
}

function figure(
  media: Media,
  pictures: ReadonlyMap<string, PagePicture>,
  words: AskWords,
  language: Language,
): Html {
  const shown = pictures.get(media.sha256);
  const alt = html`<figcaption>${media.altText || words.noAlt}</figcaption>`;
  if (shown !== undefined)
    return html`<figure><img src="${shown.address}" alt="${media.altText || media.name}">${alt}${
      shown.isSmaller ? html`<p class="quiet">${words.smaller(media.name)}</p>` : { html: '' }
    }</figure>`;
  const said = media.mime.startsWith('image/')
    ? words.leftOut(media.name, sizeOf(media.bytes, language))
    : words.noPicture(media.name);
  return html`<figure><p class="quiet">${said}</p>${alt}</figure>`;
}

function sizeOf(bytes: number, language: Language): string {
  const size = (bytes / 1_048_576).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', {
    maximumFractionDigits: 1,
  });
  return language === 'fr' ? `${size} Mo` : `${size} MB`;
}
