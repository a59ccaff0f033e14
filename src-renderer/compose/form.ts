import type { Requests } from '../../src-preload/contract.ts';
import type { BrandView, DraftView, FitView, MediaView } from '../../src-preload/views.ts';
import { localTimeOf, type Resolved, type When, whenOf } from '../ui/when.ts';
import { type FormVariant, followersOf, variantsInUse } from './variant-form.ts';

/** Everything that can be typed or chosen before a post is scheduled. */
export type Form = {
  readonly draftId: number | null;
  readonly parts: readonly string[];
  readonly link: string;
  readonly media: readonly MediaView[];
  /** For accounts that say it in their own words, also such as are not chosen now; no account is in two. */
  readonly variants: readonly FormVariant[];
  readonly label: string;
  readonly accountIds: readonly number[];
  readonly when: When;
  /** A person chose the zone; until then it follows the brands of the accounts. */
  readonly isZoneChosen: boolean;
};

export const EMPTY_FORM: Form = {
  draftId: null,
  parts: [''],
  link: '',
  media: [],
  variants: [],
  label: '',
  accountIds: [],
  when: { date: '', time: '', timeZone: '', at: null },
  isZoneChosen: false,
};

/** True while there is nothing that would be missed. */
export function isEmpty(form: Form): boolean {
  return (
    form.parts.every((part) => part.trim() === '') &&
    form.link.trim() === '' &&
    form.label.trim() === '' &&
    form.media.length === 0 &&
    form.variants.length === 0
  );
}

/** The part of every request that says what is said, for the accounts that are chosen. */
export function contentOf(form: Form) {
  return {
    parts: [...form.parts],
    link: form.link.trim(),
    media: form.media.map(({ sha256, altText }) => ({ sha256, altText })),
    label: form.label.trim(),
    variants: toVariants(variantsInUse(form)),
  };
}

function toVariants(variants: readonly FormVariant[]) {
  return variants.map(({ accountIds, parts, link }) => ({
    accountIds: [...accountIds],
    parts: [...parts],
    link: link.trim(),
  }));
}

export function toDraft(form: Form): Requests['draft.save'] {
  return {
    ...(form.draftId !== null && { draftId: form.draftId }),
    accountIds: [...form.accountIds],
    ...contentOf(form),
    variants: toVariants(form.variants),
    localTime: localTimeOf(form.when),
    timeZone: form.when.timeZone,
  };
}

export function formOf(draft: DraftView): Form {
  return {
    draftId: draft.id,
    parts: draft.parts.length > 0 ? draft.parts : [''],
    link: draft.link,
    media: draft.media,
    variants: draft.variants,
    label: draft.label,
    accountIds: draft.accountIds,
    when: whenOf(draft.localTime, draft.timeZone),
    isZoneChosen: draft.timeZone !== '',
  };
}

/** The zones of the brands whose accounts are chosen, the most frequent first. */
export function zonesOf(accountIds: readonly number[], brands: readonly BrandView[]): readonly string[] {
  const chosen = new Set(accountIds);
  const counts = new Map<string, number>();
  for (const brand of brands) {
    const count = brand.accounts.filter((account) => chosen.has(account.id)).length;
    if (count > 0) counts.set(brand.timeZone, (counts.get(brand.timeZone) ?? 0) + count);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([zone]) => zone);
}

/** The form with the zone it has by itself while none was chosen: that of most of the accounts' brands. */
export function withZone(form: Form, zones: readonly string[], here: string): Form {
  if (form.isZoneChosen) return form;
  const timeZone = zones[0] ?? here;
  return form.when.timeZone === timeZone ? form : { ...form, when: { ...form.when, timeZone } };
}

/** Why it cannot be scheduled yet, as keys of `compose.missing`; empty when it can. */
export type Missing = 'content' | 'accounts' | 'zone' | 'time' | 'timeChoice' | 'past' | 'slots' | 'fit';

export function missingOf(
  form: Form,
  resolved: Resolved,
  fits: readonly FitView[],
  now: number,
  bySlots = false,
): Missing[] {
  const missing: Missing[] = [];
  const isSharedSaid = form.accountIds.length === 0 || followersOf(form).length > 0;
  if (isSharedSaid && form.parts.every((part) => part.trim() === '') && form.media.length === 0)
    missing.push('content');
  if (form.accountIds.length === 0) missing.push('accounts');
  if (bySlots) {
    if (form.accountIds.length > 0 && resolved.kind !== 'ready') missing.push('slots');
  } else if (form.when.timeZone === '') missing.push('zone');
  else if (resolved.kind === 'ask') missing.push('timeChoice');
  else if (resolved.kind !== 'ready') missing.push('time');
  else if (resolved.at <= now) missing.push('past');
  const hasContent = !missing.includes('content');
  if (hasContent && fits.some((fit) => fit.problems.some((problem) => problem.level === 'error')))
    missing.push('fit');
  return missing;
}
