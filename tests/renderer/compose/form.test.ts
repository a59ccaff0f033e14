import { describe, expect, it } from 'vitest';
import { requests } from '../../../src-preload/contract.ts';
import type { FitView } from '../../../src-preload/views.ts';
import {
  contentOf,
  EMPTY_FORM,
  type Form,
  formOf,
  isEmpty,
  missingOf,
  toDraft,
  withZone,
  zonesOf,
} from '../../../src-renderer/compose/form.ts';
import type { Resolved } from '../../../src-renderer/ui/when.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';

const now = Date.UTC(2026, 10, 23, 9, 0);
const ready: Resolved = {
  kind: 'ready',
  at: now + 60_000,
  wanted: { localTime: '2026-11-23T09:01', timeZone: 'UTC' },
  question: null,
};
const full: Form = {
  ...EMPTY_FORM,
  parts: ['Hello'],
  accountIds: [1, 2],
  when: { date: '2026-11-23', time: '09:01', timeZone: 'UTC', at: null },
};
const fitOf = (level: 'error' | 'warning'): FitView => ({
  accountId: 1,
  counts: [5],
  limits: [300],
  link: 'none',
  threads: true,
  problems: [{ code: 'alt-missing', level, message: { en: 'x', fr: 'x' } }],
});

describe('a form', () => {
  it('is kept as a draft in a shape main accepts, empty or full', () => {
    for (const form of [EMPTY_FORM, full, { ...full, draftId: 4, link: ' https://example.com ' }])
      expect(requests['draft.save'].safeParse(toDraft(form)).success).toBe(true);
    expect(contentOf({ ...full, link: ' https://example.com ' }).link).toBe('https://example.com');
  });

  it('comes back from its draft as it was', () => {
    const media = [
      { sha256: 'a'.repeat(64), mime: 'image/png', bytes: 3, name: 'door.png', altText: 'A door' },
    ];
    const form: Form = {
      ...full,
      draftId: 7,
      media,
      label: 'winter',
      isZoneChosen: true,
      variants: [{ accountIds: [2], parts: ['Mine'], link: '' }],
    };
    const saved = toDraft(form);
    const draft = { ...saved, id: 7, media, variants: saved.variants ?? [], changedAt: now };
    expect(formOf(draft)).toEqual(form);
  });

  it('is empty until there is something that would be missed', () => {
    expect(isEmpty(EMPTY_FORM)).toBe(true);
    expect(isEmpty({ ...EMPTY_FORM, parts: [' ', '\n'], accountIds: [1] })).toBe(true);
    expect(isEmpty({ ...EMPTY_FORM, parts: ['', 'x'] })).toBe(false);
    expect(isEmpty({ ...EMPTY_FORM, label: 'x' })).toBe(false);
  });
});

describe('the zone of a form', () => {
  const brands = sampleBrands();
  const idsIn = (zone: string, count: number) =>
    brands
      .filter((brand) => brand.timeZone === zone)
      .flatMap((brand) => brand.accounts.map((account) => account.id))
      .slice(0, count);

  it('is that of most of its accounts’ brands', () => {
    const accountIds = [...idsIn('Europe/Paris', 2), ...idsIn('Europe/London', 3)];
    expect(zonesOf(accountIds, brands)).toEqual(['Europe/London', 'Europe/Paris']);
    expect(zonesOf([], brands)).toEqual([]);
  });

  it('follows the accounts until a person chooses one', () => {
    expect(withZone(EMPTY_FORM, ['Europe/Paris'], 'UTC').when.timeZone).toBe('Europe/Paris');
    expect(withZone(EMPTY_FORM, [], 'UTC').when.timeZone).toBe('UTC');
    const chosen: Form = {
      ...EMPTY_FORM,
      isZoneChosen: true,
      when: { ...EMPTY_FORM.when, timeZone: 'Asia/Tokyo' },
    };
    expect(withZone(chosen, ['Europe/Paris'], 'UTC')).toBe(chosen);
  });
});

describe('what is missing before it can be scheduled', () => {
  it('is nothing when everything is there, warnings included', () => {
    expect(missingOf(full, ready, [fitOf('warning')], now)).toEqual([]);
  });

  it('is named one by one', () => {
    expect(missingOf(EMPTY_FORM, { kind: 'incomplete' }, [], now)).toEqual(['content', 'accounts', 'zone']);
    const placed = withZone(EMPTY_FORM, [], 'Europe/Paris');
    expect(missingOf(placed, { kind: 'incomplete' }, [], now)).toEqual(['content', 'accounts', 'time']);
    expect(missingOf(placed, { kind: 'incomplete' }, [fitOf('error')], now)).not.toContain('fit');
    expect(missingOf(full, { ...ready, at: now }, [], now)).toEqual(['past']);
    expect(missingOf(full, ready, [fitOf('error')], now)).toEqual(['fit']);
    expect(
      missingOf(full, { kind: 'ask', question: { kind: 'twice', first: 1, second: 2 } }, [], now),
    ).toEqual(['timeChoice']);
  });

  it('asks for no shared text where every account has its own', () => {
    const variants = [{ accountIds: [1, 2], parts: ['Ours'], link: '' }];
    expect(missingOf({ ...full, parts: [''], variants }, ready, [], now)).toEqual([]);
    const half = [{ accountIds: [1], parts: ['Mine'], link: '' }];
    expect(missingOf({ ...full, parts: [''], variants: half }, ready, [], now)).toEqual(['content']);
  });

  it('does not ask for words where there is a picture', () => {
    const media = [{ sha256: 'a'.repeat(64), mime: 'image/png', bytes: 3, name: 'door.png', altText: '' }];
    expect(missingOf({ ...full, parts: [''], media }, ready, [], now)).toEqual([]);
  });
});
