import { expect, test } from 'vitest';
import { wordsFor } from '../../src-main/desktop/language.ts';

const english = wordsFor('en');
const french = wordsFor('fr');

/** Every sentence with its path; functions are left to the tests below. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => sentences(part, `${path}.${key}`));
}

test('nothing is left unsaid in either language', () => {
  for (const words of [english, french]) {
    for (const [path, text] of sentences(words)) expect(text.trim(), path).not.toBe('');
  }
});

test('the French is not the English', () => {
  const same = new Map(sentences(english));
  const equal = sentences(french).filter(([path, text]) => same.get(path) === text);
  expect(equal.map(([path]) => path).sort()).toEqual(['.menu.services']);
});

test('posts are counted as each language counts', () => {
  expect([0, 1, 2, 1_200].map(english.posts)).toEqual(['0 posts', '1 post', '2 posts', '1,200 posts']);
  expect([0, 1, 2, 1_000_000].map((count) => french.posts(count).replaceAll(/\s/gu, ' '))).toEqual([
    '0 publication',
    '1 publication',
    '2 publications',
    '1 000 000 de publications',
  ]);
});

test('a stop says what it held and what may still appear', () => {
  expect(english.stopEngagedBody({ control: english.control.shortcut, held: 1, inFlight: 0 })).toBe(
    'By the shortcut. 1 post held, nothing in flight.',
  );
  const one = french.stopEngagedBody({ control: french.control.tray, held: 3, inFlight: 1 });
  expect(one).toBe(
    'Par l’icône de la barre système. 3 publications bloquées\u00a0; 1 publication en cours d’envoi peut encore paraître.',
  );
  expect(french.stopEngagedBody({ control: 'x', held: 0, inFlight: 4 })).toContain('peuvent encore paraître');
});

test('review names only what there is', () => {
  expect(english.reviewBody({ missed: 2, failed: 0, unconfirmed: 1 })).toBe(
    '2 missed and 1 unconfirmed. Nothing is sent by itself.',
  );
  expect(french.reviewBody({ missed: 2, failed: 1, unconfirmed: 0 })).toBe(
    '2 manquées et 1 en échec. Rien ne part tout seul.',
  );
});

test('what has to be done by hand names the file', () => {
  for (const words of [english, french]) {
    expect(words.stopByHandDetail('/home/zoe/.config/all-stop/permit')).toContain(
      '/home/zoe/.config/all-stop/permit',
    );
    expect(words.stopNotConfirmedBody('kill 4711')).toContain('kill 4711');
  }
});

test('a stop that may be forgotten is told with who, how long and how many, and that only a person ends it', () => {
  expect(english.stopForgottenBody({ since: 'Fri 21:30', by: 'Camille', held: 42, others: 0 })).toBe(
    'Since Fri 21:30, by Camille. 42 posts held. It stays until a person releases it.',
  );
  expect(english.stopForgottenBody({ since: 'Fri 21:30', by: '', held: 1, others: 2 })).toBe(
    'Since Fri 21:30. 1 post held. 2 more stops are in force. It stays until a person releases it.',
  );
  expect(french.stopForgottenBody({ since: 'ven. 21:30', by: 'Camille', held: 3, others: 1 })).toBe(
    'Depuis ven. 21:30, par Camille. 3 publications bloquées. Un autre arrêt est en vigueur. Seule une personne peut le lever.',
  );
});
