import type { OtherToolView, PlanLanguage, PlanView } from '../../src-preload/plan-views.ts';

/** A plan while it is edited. Lists are in their order; every entry has a key of its own for as long as it is edited. */
export type PlanForm = {
  readonly brandId: number;
  readonly language: PlanLanguage;
  readonly people: readonly PersonEntry[];
  readonly rules: readonly RuleEntry[];
  readonly message: string;
  readonly steps: readonly StepEntry[];
};
export type PersonEntry = {
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly email: string;
};
export type RuleEntry = { readonly key: string; readonly text: string };
export type StepEntry = { readonly key: string; readonly text: string; readonly who: string };
export type ToolEntry = Pick<OtherToolView, 'key' | 'kind' | 'name' | 'link' | 'note'>;

export const newKey = (): string => crypto.randomUUID();

export function formOf(plan: PlanView): PlanForm {
  return {
    brandId: plan.brandId,
    language: plan.language,
    people: plan.decisionMakers.map((person) => ({ key: newKey(), ...person })),
    rules: plan.toneRules.map((text) => ({ key: newKey(), text })),
    message: plan.holdingMessage,
    steps: plan.steps,
  };
}

/** What 'plan.save' asks for. The same for two forms that say the same. */
export function toRequest(form: PlanForm) {
  return {
    brandId: form.brandId,
    language: form.language,
    decisionMakers: form.people.map(({ name, role, phone, email }) => ({ name, role, phone, email })),
    toneRules: form.rules.map(({ text }) => text),
    holdingMessage: form.message,
    steps: form.steps.map(({ key, text, who }) => ({ key, text, who })),
  };
}

export const isSame = (one: PlanForm, other: PlanForm): boolean =>
  JSON.stringify(toRequest(one)) === JSON.stringify(toRequest(other));

/** The list with one entry a place further up (-1) or down (1); the same list where there is no such place. */
export function moved<T extends { readonly key: string }>(
  list: readonly T[],
  key: string,
  by: -1 | 1,
): readonly T[] {
  const from = list.findIndex((entry) => entry.key === key);
  const to = from + by;
  const entry = list[from];
  const other = list[to];
  if (entry === undefined || other === undefined) return list;
  return list.map((each, place) => (place === from ? other : place === to ? entry : each));
}

export function changed<T extends { readonly key: string }>(
  list: readonly T[],
  key: string,
  change: Partial<T>,
): readonly T[] {
  return list.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
}

export function without<T extends { readonly key: string }>(list: readonly T[], key: string): readonly T[] {
  return list.filter((entry) => entry.key !== key);
}

/** What keeps a tool from being saved; null when nothing does. Main checks it again. */
export function problemOf(tool: ToolEntry): 'name' | 'link' | null {
  if (tool.name.trim() === '') return 'name';
  if (tool.link.trim() === '') return null;
  try {
    const { protocol, username, password } = new URL(tool.link.trim());
    return protocol === 'https:' && username === '' && password === '' ? null : 'link';
  } catch {
    return 'link';
  }
}
