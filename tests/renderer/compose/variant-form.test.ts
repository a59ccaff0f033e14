import { expect, it } from 'vitest';
import { contentOf, EMPTY_FORM, type Form, isEmpty, toDraft } from '../../../src-renderer/compose/form.ts';
import {
  followersOf,
  forAccounts,
  putBack,
  saidOn,
  variantsInUse,
  writtenDifferently,
} from '../../../src-renderer/compose/variant-form.ts';

const form: Form = {
  ...EMPTY_FORM,
  parts: ['All of us'],
  link: 'https://all.example',
  accountIds: [1, 2, 3],
};

it('a text of its own begins as the shared one and does not follow it any more', () => {
  const variants = writtenDifferently(form, [2]);
  expect(variants).toEqual([{ accountIds: [2], parts: ['All of us'], link: 'https://all.example' }]);
  const later: Form = { ...form, variants, parts: ['Changed'], link: '' };
  expect(saidOn(later, 2)).toMatchObject({ parts: ['All of us'], link: 'https://all.example' });
  expect(saidOn(later, 3)).toMatchObject({ parts: ['Changed'], link: '' });
  expect(followersOf(later)).toEqual([1, 3]);
});

it('an account has one text of its own at most, whoever takes it', () => {
  const one = writtenDifferently(form, [1, 2]);
  const two = writtenDifferently({ ...form, variants: one }, [2]);
  expect(two.map(({ accountIds }) => accountIds)).toEqual([[1], [2]]);
  expect(writtenDifferently({ ...form, variants: two }, [1]).map(({ accountIds }) => accountIds)).toEqual([
    [2],
    [1],
  ]);
  expect(forAccounts(two, 1, [2, 1]).map(({ accountIds }) => accountIds)).toEqual([[2, 1]]);
  expect(forAccounts(two, 1, [])).toBe(two);
});

it('what went back to the shared text is put back where it was, but takes no account from another text', () => {
  const own = { accountIds: [2, 3], parts: ['Ours'], link: '' };
  const other = { accountIds: [1], parts: ['Mine'], link: '' };
  expect(putBack([other], 0, own)).toEqual([own, other]);
  const since = { accountIds: [3], parts: ['Since'], link: '' };
  expect(putBack([since], 1, own)).toEqual([since, { ...own, accountIds: [2] }]);
  expect(putBack([{ ...own }], 0, own)).toEqual([own]);
});

it('texts of accounts that are not chosen are kept with the draft and go out nowhere', () => {
  const variants = [
    { accountIds: [2, 9], parts: ['Ours'], link: ' https://own.example ' },
    { accountIds: [8], parts: ['Kept'], link: '' },
  ];
  const whole: Form = { ...form, variants };
  expect(variantsInUse(whole).map(({ accountIds }) => accountIds)).toEqual([[2]]);
  expect(contentOf(whole).variants).toEqual([
    { accountIds: [2], parts: ['Ours'], link: 'https://own.example' },
  ]);
  expect(toDraft(whole).variants).toHaveLength(2);
  expect(isEmpty({ ...EMPTY_FORM, variants })).toBe(false);
});
