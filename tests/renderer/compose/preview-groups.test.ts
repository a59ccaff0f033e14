import { expect, it } from 'vitest';
import type { FitView } from '../../../src-preload/views.ts';
import { EMPTY_FORM } from '../../../src-renderer/compose/form.ts';
import { previewGroups } from '../../../src-renderer/compose/preview-groups.ts';
import { indexDesk } from '../../../src-renderer/ui/use-desk.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';

const desk = indexDesk(sampleBrands());
const on = (network: string, count: number) =>
  [...desk.accountById.values()]
    .filter((account) => account.network === network)
    .slice(0, count)
    .map(({ id }) => id);
const fitOf = (accountId: number, count: number, limit: number): FitView => ({
  accountId,
  counts: [count],
  limits: [limit],
  link: 'none',
  threads: true,
  problems: [],
});

it('shows each network once, counted for the account with least room, and each text of its own', () => {
  const [blue = 0, sky = 0] = on('bluesky', 2);
  const [first = 0, second = 0] = on('mastodon', 2);
  const form = {
    ...EMPTY_FORM,
    parts: ['All'],
    accountIds: [first, blue, second, sky],
    variants: [{ accountIds: [sky, 99_999], parts: ['Mine'], link: 'https://own.example' }],
  };
  const fits = new Map([fitOf(first, 3, 500), fitOf(second, 3, 40)].map((fit) => [fit.accountId, fit]));
  expect(previewGroups(form, fits, desk)).toMatchObject([
    { accountIds: [first, second], parts: ['All'], isOwn: false, fit: { accountId: second } },
    { accountIds: [blue], parts: ['All'], isOwn: false, fit: null },
    { accountIds: [sky], parts: ['Mine'], link: 'https://own.example', isOwn: true },
  ]);
  expect(previewGroups(EMPTY_FORM, fits, desk)).toEqual([]);
});
