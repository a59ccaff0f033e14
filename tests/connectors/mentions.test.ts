import { expect, test } from 'vitest';
import { connectors } from '../../src-main/connectors/index.ts';

const mentionsOf = (network: string) => {
  const mentions = connectors.find((one) => one.network === network)?.mentions;
  if (!mentions) throw new Error(`nobody can be mentioned on ${network}`);
  return mentions;
};

test('what a network writes of a handle it finds again in a text', () => {
  const names = { mastodon: 'Lune@town.example', bluesky: 'lune.bsky.social', telegram: 'Lune_Bleue' };
  for (const [network, name] of Object.entries(names)) {
    const { write, find } = mentionsOf(network);
    const handle = write(name) ?? '';
    expect(handle).toBe(`@${name.toLowerCase()}`);
    expect(write(handle)).toBe(handle);
    expect(find(`Merci ${handle}, et encore ${handle} (${handle}).`)).toEqual([handle]);
  }
});

test('a mention of one network is none of the other, and an e-mail address is none at all', () => {
  const text = 'x@town.example @lune@town.example @lune.bsky.social https://a.example/@b@c.example @alone';
  expect(mentionsOf('mastodon').find(text)).toEqual(['@lune@town.example']);
  expect(mentionsOf('bluesky').find(text)).toEqual(['@lune.bsky.social']);
  expect(mentionsOf('telegram').find(text)).toEqual(['@alone']);
});

test.each([
  ['mastodon', 'lune'],
  ['mastodon', '@lune@'],
  ['mastodon', 'a b@town.example'],
  ['mastodon', 'lune.bsky.social'],
  ['telegram', 'lu'],
  ['telegram', '1lune'],
  ['telegram', 'lune.bsky'],
  ['bluesky', 'lune'],
  ['bluesky', 'lune@town.example'],
  ['bluesky', 'did:plc:abc'],
])('%s knows no handle %s', (network, name) => {
  expect(mentionsOf(network).write(name)).toBeNull();
});

test('on Discord people are meant by number, as it copies them', () => {
  const { write, find } = mentionsOf('discord');
  expect(write('123456789012345678')).toBe('<@123456789012345678>');
  expect(write('<@!123456789012345678>')).toBe('<@123456789012345678>');
  expect(write('@lune')).toBeNull();
  expect(find('<@123456789012345678> <@!123456789012345678> <@&223456789012345678> @lune')).toEqual([
    '<@123456789012345678>',
  ]);
});

test('on Slack people are meant by their member ID, as it copies them', () => {
  const { write, find } = mentionsOf('slack');
  expect(write('U012ABCDEF')).toBe('<@U012ABCDEF>');
  expect(write('<@W012ABCDEF|lune>')).toBe('<@W012ABCDEF>');
  expect(write('@lune')).toBeNull();
  expect(find('<@U012ABCDEF>, <@U012ABCDEF|lune>, <!here>, <#C012ABCDEF>, @lune')).toEqual(['<@U012ABCDEF>']);
});
