import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { askText, createAskPage } from '../../src-main/yes/ask-page.ts';
import { readAnswers } from '../../src-main/yes/read-answers.ts';
import { shortCode, yesCode } from '../../src-main/yes/yes-code.ts';
import { asked, askingOf, postOf } from './sample-asking.ts';

function pageOf(asking = askingOf(), post = asked(postOf())): string {
  const page = createAskPage(asking);
  return page.head() + page.post(post, 1) + page.end();
}

const HOSTILE = `</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&\u202e\u0000`;

describe('the page a client answers on', () => {
  test('lets nothing run but its own script, and fetches nothing', () => {
    const page = pageOf();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(page)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).not.toContain('unsafe');
    const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/u.exec(page) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/u.exec(page) ?? [];
    expect(policy).toContain(`script-src &#39;sha256-${hashOf(script)}&#39;`);
    expect(policy).toContain(`style-src &#39;sha256-${hashOf(style)}&#39;`);
    expect(page).not.toMatch(/\b(?:src|href)="(?!data:)/u);
    expect(page).not.toMatch(/ (?:style|on\w+)="/u);
  });

  test('shows whatever people typed as text, wherever it stands', () => {
    const media = {
      sha256: 'a'.repeat(64),
      mime: 'image/png',
      bytes: 9_000_000,
      name: HOSTILE,
      altText: HOSTILE,
    };
    const content = { parts: [HOSTILE, HOSTILE], link: HOSTILE, media: [media] };
    const asking = askingOf({ brand: HOSTILE, from: HOSTILE, answerFile: `${HOSTILE}.json` });
    const page = pageOf(asking, { ...asked(postOf({ content })), account: HOSTILE, networkName: HOSTILE });
    expect(page.match(/<script/gu)).toHaveLength(2);
    expect(page.match(/<\/script>/gu)).toHaveLength(2);
    expect(page.match(/<\/textarea>/gu)).toHaveLength(2);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('has pictures inside with their text, and names what it leaves out', () => {
    const media = { sha256: 'a'.repeat(64), mime: 'image/png', bytes: 10, name: 'a.png', altText: 'A vase' };
    const post = postOf({ content: { parts: ['x'], link: '', media: [media] } });
    const shown = (isSmaller: boolean) =>
      new Map([[media.sha256, { address: 'data:image/png;base64,AAAA', isSmaller }]]);
    const inside = pageOf(askingOf(), asked(post, shown(false)));
    expect(inside).toContain('<img src="data:image/png;base64,AAAA" alt="A vase">');
    expect(inside).not.toContain('Shown smaller');
    expect(pageOf(askingOf(), asked(post, shown(true)))).toContain('Shown smaller than it goes out: a.png');
    const large = { ...media, bytes: 6_291_456 };
    const without = postOf({ content: { parts: ['x'], link: '', media: [large] } });
    expect(pageOf(askingOf(), asked(without))).toContain('too large for this page: a.png (6 MB)');
  });

  test('says each time in the zone of the brand and in UTC, in French with its own spaces', () => {
    const page = pageOf(askingOf({ language: 'fr' }));
    expect(page).toContain('1 mars 2027 à 10:00 (Paris)');
    expect(page).toContain('2027-03-01 09:00:00 UTC');
    expect(page).toContain('Maison Lune\u00a0: ces publications peuvent-elles partir\u202f?');
  });

  test('is whole for five thousand posts, each with a code of its own', () => {
    const page = createAskPage(askingOf({ posts: 5_000 }));
    const codes = new Set<string>();
    for (let n = 1; n <= 5_000; n += 1)
      codes.add(/data-code="([0-9a-f]{64})"/u.exec(page.post(asked(postOf({ id: n })), n))?.[1] ?? '');
    expect(codes.size).toBe(5_000);
    expect(page.end().match(/#\d+-[0-9a-f]{10} $/gmu)).toHaveLength(5_000);
  });
});

describe('the text for an e-mail', () => {
  test('comes back as answers once yes and no are written after the codes, also quoted', async () => {
    const asking = askingOf();
    const posts = [postOf(), postOf({ id: 13 })];
    const text = askText(
      asking,
      posts.map((post) => asked(post)),
    );
    expect(text).toContain('Spring is here.');
    expect(await readAnswers(text)).toMatchObject({ ok: false, error: { code: 'answers-none' } });
    const [first = '', second = ''] = posts.map((post) => shortCode(post.id, yesCode(post, asking.deskId)));
    const answered = text
      .replace('Name: ', 'Name: Camille Roux')
      .replace(first, `${first} yes`)
      .replace(second, `${second}  NO: not this week`)
      .replace(/^/gmu, '> ');
    expect(await readAnswers(answered)).toMatchObject({
      ok: true,
      value: {
        desk: asking.deskId,
        request: asking.request,
        name: 'Camille Roux',
        answeredAt: null,
        answers: [
          { postId: 12, answer: 'yes', remark: '' },
          { postId: 13, answer: 'no', remark: 'not this week' },
        ],
      },
    });
  });
});
