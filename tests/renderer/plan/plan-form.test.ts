import { describe, expect, it } from 'vitest';
import {
  changed,
  formOf,
  isSame,
  moved,
  problemOf,
  toRequest,
  without,
} from '../../../src-renderer/plan/plan-form.ts';
import { startingPlan } from '../../../src-renderer/plan/starting-plan.ts';
import { inOrder } from '../../../src-renderer/plan/tool-order.ts';
import { brandsPerStop } from '../../../src-renderer/stop/stop-brands.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';

const list = ['a', 'b', 'c'].map((key) => ({ key, text: key }));
const keys = (entries: readonly { key: string }[]) => entries.map(({ key }) => key).join('');

describe('a list in order', () => {
  it('moves an entry by one place and no further than its ends', () => {
    expect(keys(moved(list, 'b', -1))).toBe('bac');
    expect(keys(moved(list, 'b', 1))).toBe('acb');
    for (const [key, by] of [
      ['a', -1],
      ['c', 1],
      ['x', 1],
    ] as const)
      expect(moved(list, key, by)).toBe(list);
  });

  it('changes and removes only the entry that is meant', () => {
    expect(changed(list, 'b', { text: 'B' }).map(({ text }) => text)).toEqual(['a', 'B', 'c']);
    expect(keys(without(list, 'b'))).toBe('ac');
  });
});

describe('a plan that is edited', () => {
  it('asks for exactly what it was made of', () => {
    const plan = {
      brandId: 3,
      language: 'fr' as const,
      decisionMakers: [{ name: 'Inès', role: 'r', phone: 'p', email: 'e' }],
      toneRules: ['one', 'two'],
      holdingMessage: 'message',
      steps: [{ key: 'k', text: 't', who: 'w' }],
    };
    const form = formOf({ ...plan, changedAt: 1, copyProblem: '' });
    expect(toRequest(form)).toEqual(plan);
    expect(isSame(form, formOf({ ...plan, changedAt: 2, copyProblem: 'x' }))).toBe(true);
    expect(isSame(form, { ...form, message: 'other' })).toBe(false);
  });

  it('begins with words in the language of the brand and with nobody’s name', () => {
    const [english, french] = [startingPlan(1, 'en'), startingPlan(1, 'fr')];
    for (const plan of [english, french]) {
      expect(plan.people.length).toBeGreaterThan(0);
      expect(plan.people.every(({ name, phone, email }) => name + phone + email === '')).toBe(true);
      expect(plan.steps.length).toBeGreaterThanOrEqual(4);
      expect(plan.steps.every(({ who, text }) => who === '' && text !== '')).toBe(true);
      expect(new Set(plan.steps.map(({ key }) => key)).size).toBe(plan.steps.length);
    }
    expect(french.message).not.toBe(english.message);
    expect(french.rules.map(({ text }) => text).join()).not.toMatch(/ [;?!]/u);
  });
});

describe('a tool', () => {
  const tool = { key: 'a', kind: 'feed' as const, name: 'Feed', link: '', note: '' };
  it('needs a name, and a link that is https', () => {
    expect(problemOf(tool)).toBeNull();
    expect(problemOf({ ...tool, name: ' ' })).toBe('name');
    expect(problemOf({ ...tool, link: ' https://a.example/x ' })).toBeNull();
    for (const link of [
      'javascript:alert(1)',
      'http://a.example',
      'a.example',
      'https://me:secret@a.example',
    ])
      expect(problemOf({ ...tool, link }), link).toBe('link');
  });

  it('comes first when the next post of its account is soonest', () => {
    const at = (accountId: number, key: string) => ({ ...tool, key, accountId, brandId: 1, tickKey: key });
    const accounts = new Map([
      [1, { nextDueAt: null }],
      [2, { nextDueAt: 20 }],
      [3, { nextDueAt: 10 }],
    ]);
    expect(keys(inOrder([at(1, 'a'), at(2, 'b'), at(2, 'c'), at(3, 'd'), at(9, 'e')], accounts))).toBe(
      'dbcae',
    );
  });
});

describe('what each stop has to answer for', () => {
  const brands = sampleBrands();
  const [first, second] = brands;
  if (!first || !second) throw new Error('no sample');
  const all = { id: 'all', scope: { kind: 'everything' as const } };
  const one = { id: 'one', scope: { kind: 'brand' as const, brandId: first.id, name: first.name } };

  it('names each brand once, under the widest stop', () => {
    const parts = brandsPerStop([all, one], brands);
    expect(parts.map(({ stopId }) => stopId)).toEqual(['all']);
    expect(parts[0]?.brandIds).toHaveLength(brands.length);
  });

  it('names a stopped brand without accounts, and only the accounts a stop covers', () => {
    const bare = { ...first, accounts: [] };
    expect(brandsPerStop([one], [bare, second])).toEqual([
      { stopId: 'one', brandIds: [first.id], accountIds: [] },
    ]);
    const account = second.accounts[0];
    if (!account) throw new Error('no account');
    const scope = { kind: 'account' as const, accountId: account.id, name: account.name };
    expect(brandsPerStop([{ id: 'narrow', scope }], brands)).toEqual([
      { stopId: 'narrow', brandIds: [second.id], accountIds: [account.id] },
    ]);
    // A second stop of the same brand adds what it covers: no tool of it is left out.
    const whole = { id: 'whole', scope: { kind: 'brand' as const, brandId: second.id, name: second.name } };
    expect(brandsPerStop([{ id: 'narrow', scope }, whole], brands)).toEqual([
      { stopId: 'narrow', brandIds: [second.id], accountIds: second.accounts.map(({ id }) => id) },
    ]);
  });
});
