import { describe, expect, test } from 'vitest';
import { mastodon } from '../../src-main/connectors/mastodon/index.ts';
import type { PublishRequest } from '../../src-main/core/connector.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { mastodonScene } from './mastodon-scene.ts';

describe('Mastodon', () => {
  const scene = mastodonScene();

  describe('looking up', () => {
    const MINUTE = 60_000;
    const find = (request: PublishRequest, refs: { id: string; url: string }[] = []) =>
      mastodon.find?.(scene.context(), request, refs);
    const ask = (text: string, more: Partial<PublishRequest> = {}) =>
      sampleRequest(sampleContent([text]), more);

    test.each([
      'Plain',
      'Two\n\nparagraphs\nand a line',
      'See https://example.com/a/very/long/path/that/is/shortened?x=1&y=2 now',
      'Hello @bob@example.com & <friends> "quoted"',
      '👩‍👩‍👧 😀',
      '*marks* _and_ `code`',
      '…!?',
    ])('%j is found again as the server shows it', async (text) => {
      scene.fake.add('Another one');
      const status = scene.fake.add(text);
      expect(await find(ask(text))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    test('two that say the same are for a person to tell apart', async () => {
      scene.fake.add('Twins');
      scene.fake.add('Twins');
      expect((await find(ask('Twins')))?.kind).toBe('unclear');
    });

    test('one that is much like it is not taken for it, nor for nothing', async () => {
      scene.fake.add('Our new opening hours from Monday on: nine to five');
      expect((await find(ask('Our new opening hours from Monday on: nine to six')))?.kind).toBe('unclear');
      scene.fake.add('A picture');
      const withPicture = sampleRequest(sampleContent(['A picture'], { media: [samplePng()] }));
      expect((await find(withPicture))?.kind).toBe('unclear');
    });

    test('the same words long before do not count', async () => {
      scene.fake.add('Good morning', { createdAt: Date.now() - 24 * 60 * MINUTE });
      expect(await find(ask('Good morning'))).toEqual({ kind: 'absent' });
    });

    test('a server whose clock is some minutes off is found on, too', async () => {
      const status = scene.fake.add('Good morning', { createdAt: Date.now() - 9 * MINUTE });
      expect(await find(ask('Good morning'))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    describe('with clocks that do not agree', () => {
      const AT = Date.UTC(2026, 11, 1, 8);
      /** The server at `AT` and some minutes; ours is `ahead` of it. */
      const findAhead = async (aheadMs: number, date: string | null, createdAt = AT) => {
        await scene.serve({
          answer: async (request) => {
            const answer = await scene.fake.answer(request);
            return { ...answer, headers: { ...answer.headers, date: date ?? '' } };
          },
        });
        scene.fake.add('Good morning', { createdAt });
        const now = () => AT + 3 * MINUTE + aheadMs;
        const request = (text: string) => ask(text, { publishAt: AT + aheadMs });
        const look = (text: string) => mastodon.find?.(scene.context({}, { now }), request(text), []);
        return [(await look('Good morning'))?.kind, (await look('Another one'))?.kind];
      };
      const serverDate = new Date(AT + 3 * MINUTE).toUTCString();

      test.each([15 * MINUTE, -15 * MINUTE, 3 * 60 * MINUTE, -3 * 60 * MINUTE])(
        'ours %i ms ahead, what is there is never absent, nor is anything else',
        async (aheadMs) => {
          const [same, other] = await findAhead(aheadMs, serverDate);
          expect(same).toMatch(aheadMs === -15 * MINUTE ? 'found' : 'unclear');
          expect(other).toBe('unclear');
        },
      );

      test('five minutes off it is found, and nothing else is absent', async () => {
        expect(await findAhead(5 * MINUTE, serverDate)).toEqual(['found', 'unclear']);
      });

      test('a minute off both are certain', async () => {
        expect(await findAhead(MINUTE, serverDate)).toEqual(['found', 'absent']);
      });

      test('a server that does not say its time leaves it to a person', async () => {
        expect(await findAhead(0, 'no date')).toEqual(['found', 'unclear']);
      });

      test('set right since the post went out, the clock of that moment still counts', async () => {
        expect(await findAhead(0, serverDate, AT - 60 * MINUTE)).toEqual(['unclear', 'absent']);
      });
    });

    test('it reads on until the list reaches back far enough', async () => {
      await scene.start({ mostPerPage: 2 });
      const status = scene.fake.add('Sought');
      for (let i = 0; i < 5; i += 1) scene.fake.add(`Later ${i}`);
      expect(await find(ask('Sought'))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    test('a list that does not reach back far enough does not say absent', async () => {
      await scene.start({ mostPerPage: 2 });
      for (let i = 0; i < 30; i += 1) scene.fake.add(`Later ${i}`);
      expect((await find(ask('Sought')))?.kind).toBe('unclear');
    });

    test('without knowing whose statuses to read it does not say absent', async () => {
      const found = await mastodon.find?.(scene.context({ accountId: '' }), ask('Sought'), []);
      expect(found?.kind).toBe('unclear');
    });

    test('the rest of a thread is found by what it answers', async () => {
      const request = sampleRequest(sampleContent(['One', 'Two']));
      const one = scene.fake.add('One');
      scene.fake.add('Two');
      expect((await find(request))?.kind).toBe('unclear');
      const two = scene.fake.add('Two', { inReplyTo: one.id });
      expect(await find(request)).toMatchObject({ kind: 'found', refs: [{ id: one.id }, { id: two.id }] });
      expect(await find(request, [{ id: one.id, url: '' }])).toMatchObject({
        kind: 'found',
        refs: [{ id: one.id }, { id: two.id }],
      });
    });

    test('a known part that is gone is for a person', async () => {
      const found = await find(ask('One'), [{ id: '999', url: '' }]);
      expect(found?.kind).toBe('unclear');
    });
  });
});
