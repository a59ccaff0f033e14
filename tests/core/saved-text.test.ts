import { expect, test } from 'vitest';
import { tidyHashtags } from '../../src-main/core/saved-text.ts';

test('hashtags get one # each, single spaces, and none comes twice whatever its capitals', () => {
  expect(tidyHashtags('été,  ##Soldes;\n#ete #SOLDES ＃plage #e\u0301te\u0301')).toEqual({
    ok: true,
    value: '#été #Soldes #ete #plage',
  });
});

test.each([['#soldes-été'], ['#2026'], ['#a.b'], ['été !']])('%s is refused with the word named', (text) => {
  const word = text.split(' ').at(-1) ?? '';
  const refused = tidyHashtags(`#good ${text}`);
  expect(refused).toMatchObject({ ok: false, error: { code: 'hashtag-invalid' } });
  expect(!refused.ok && refused.error.message.endsWith(`: ${word}`)).toBe(true);
});

test('nothing at all is refused', () => {
  expect(tidyHashtags(' ,; ')).toMatchObject({ ok: false, error: { code: 'hashtag-none' } });
});
