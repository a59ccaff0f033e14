import { expect, test } from 'vitest';
import type { Brand } from '../../src-main/core/brand.ts';
import type { Plan } from '../../src-main/core/plan.ts';
import { type PlacedTool, planPage } from '../../src-main/plan/plan-page.ts';

const brand: Brand = {
  id: 3,
  name: 'Maison Verrier',
  market: '',
  timeZone: 'Europe/Paris',
  graceMs: 300_000,
  colour: '#112233',
};
const plan: Plan = {
  brandId: 3,
  language: 'en',
  decisionMakers: [],
  toneRules: [],
  holdingMessage: '',
  steps: [],
  changedAt: Date.UTC(2026, 10, 23, 20, 30),
};
const tool: PlacedTool = {
  key: 'a',
  accountId: 1,
  account: '@verrier',
  kind: 'feed',
  name: 'Feed',
  link: 'https://feed.example/off?a=1&b=2',
  note: '',
};
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert('1')</script>&amp;</style></title>`;
const OUR_TAGS =
  'html head meta title style body p h1 h2 section footer table thead tbody tr th td ul li br span a'.split(
    ' ',
  );

test('whatever a person typed is text: no tag, no attribute and no script comes of it', () => {
  const page = planPage(
    { ...brand, name: HOSTILE, timeZone: HOSTILE },
    {
      ...plan,
      decisionMakers: [{ name: HOSTILE, role: HOSTILE, phone: HOSTILE, email: HOSTILE }],
      toneRules: [HOSTILE],
      holdingMessage: HOSTILE,
      steps: [{ key: 'a', text: HOSTILE, who: HOSTILE }],
    },
    [{ ...tool, account: HOSTILE, name: HOSTILE, note: HOSTILE, link: `https://a.example/${HOSTILE}` }],
  );
  const tags = [...page.matchAll(/<([a-z][a-z0-9]*)/giu)].map((match) => match[1] ?? '');
  expect(tags.filter((tag) => !OUR_TAGS.includes(tag))).toEqual([]);
  expect(page.match(/<\/style>/gu)).toHaveLength(1);
  expect(page.match(/<\/title>/gu)).toHaveLength(1);
  expect(page.match(/alert\(/gu)?.length).toBeGreaterThan(10);
  expect(page).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;');
});

test('only an https link is a link', () => {
  expect(planPage(brand, plan, [tool])).toContain('href="https://feed.example/off?a=1&amp;b=2"');
  for (const link of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://a.example',
    'https://a:b@a.example',
    '',
  ])
    expect(planPage(brand, plan, [{ ...tool, link }]), link).not.toContain('href');
});

test('it fetches nothing and runs nothing, by its own policy', () => {
  const page = planPage(brand, plan, [tool]);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(?:script|link|img|iframe|form)|url\(|@import/iu);
});

test('it speaks the brand’s language, in the brand’s zone, and says what is not there', () => {
  const french = planPage(brand, { ...plan, language: 'fr' }, []);
  expect(french).toContain('<html lang="fr">');
  expect(french).toContain('Plan de crise');
  expect(french).toContain('Personne n’est encore nommé.');
  expect(french).toMatch(/23 novembre 2026.*21:30 \(Europe\/Paris\)/u);
  expect(planPage(brand, plan, [])).toContain('Nobody is named yet.');
});

test('people are numbered in calling order, empty entries are left out, a step without a name says so', () => {
  const person = { name: '', role: '', phone: '', email: '' };
  const page = planPage(
    brand,
    {
      ...plan,
      decisionMakers: [
        { ...person, name: 'First' },
        { ...person, name: ' ' },
        { ...person, name: 'Second' },
      ],
      steps: [
        { key: 'a', text: 'Call', who: '' },
        { key: 'b', text: '', who: '' },
      ],
    },
    [],
  );
  expect(page).toMatch(/>1<\/td><td>First/u);
  expect(page).toMatch(/>2<\/td><td>Second/u);
  expect(page).toContain('nobody named');
  expect(page.match(/<td class="blank">/gu)).toHaveLength(1);
});
