import { expect, it } from 'vitest';
import type { MentionView } from '../../../../src-preload/aid-views.ts';
import { findMentions, mentionAt } from '../../../../src-renderer/compose/aids/mention-token.ts';

const one = (handle: string, brand: string): MentionView => ({
  handle,
  brand,
  network: 'mastodon',
  networkName: 'Mastodon',
  from: 'account',
  keptId: null,
});

it('somebody is being mentioned from an @ at the beginning of a word to the caret', () => {
  expect(mentionAt('@', 1)).toEqual({ start: 0, typed: '' });
  expect(mentionAt('Merci (@lun et', 10)).toEqual({ start: 7, typed: 'lu' });
  expect(mentionAt('a @lune@town.ex', 15)).toEqual({ start: 2, typed: 'lune@town.ex' });
  expect(mentionAt('l’@été', 6)).toEqual({ start: 2, typed: 'été' });
  for (const text of ['a@b', '@lune ', '', 'x @lune,']) expect(mentionAt(text, text.length)).toBeNull();
});

it('beginnings of the handle come first, then of the brand, then what is inside', () => {
  const all = [
    one('@town@lune.example', 'Zed'),
    one('@a@x.example', 'Lune'),
    one('@lune@x.example', ''),
    one('@b@y.example', ''),
  ];
  expect(findMentions(all, 'lun', 9).map(({ handle }) => handle)).toEqual([
    '@lune@x.example',
    '@a@x.example',
    '@town@lune.example',
  ]);
  expect(findMentions(all, '', 2)).toHaveLength(2);
});
