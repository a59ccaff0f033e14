import type { AccountId, BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import { ok, type Result, refuse } from './result.ts';

/** The language a brand speaks in public: that of its plan and of its holding message. */
export const PLAN_LANGUAGES = ['en', 'fr'] as const;
export type PlanLanguage = (typeof PLAN_LANGUAGES)[number];

/** Somebody who may decide for the brand. Any field may still be ''. */
export type DecisionMaker = {
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly email: string;
};

/** One step of the checklist, done by one named person; nobody has to approve it. */
export type PlanStep = {
  /** Stays the same while the step is reworded or moved: ticks name it. Unique in the plan. */
  readonly key: string;
  readonly text: string;
  readonly who: string;
};

/** What a brand does when everything has to fall silent. */
export type Plan = {
  readonly brandId: BrandId;
  readonly language: PlanLanguage;
  /** In the order in which they are called. */
  readonly decisionMakers: readonly DecisionMaker[];
  readonly toneRules: readonly string[];
  readonly holdingMessage: string;
  /** In the order in which they are done. */
  readonly steps: readonly PlanStep[];
  readonly changedAt: Instant;
};

export const TOOL_KINDS = ['scheduler', 'network-planner', 'automation', 'feed', 'other'] as const;
export type ToolKind = (typeof TOOL_KINDS)[number];

/** Something else that can post on an account, and that a stop does not reach. */
export type OtherTool = {
  /** Stays the same while the tool is renamed or moved: ticks name it. Unique in the account. */
  readonly key: string;
  readonly accountId: AccountId;
  readonly kind: ToolKind;
  readonly name: string;
  /** Where it is switched off: https, or ''. */
  readonly link: string;
  readonly note: string;
};

/** Whether a link may be kept and shown as one: https, without credentials, white space or control characters. '' is none. */
export function isSafeLink(link: string): boolean {
  if (link === '') return true;
  if (!link.startsWith('https://') || /[\s\p{Cc}\\]/u.test(link)) return false;
  try {
    const { hostname, username, password } = new URL(link);
    return hostname !== '' && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Refuses 'plan-keys' when two steps have the same key: a tick would mean both. */
export function checkSteps(steps: readonly PlanStep[]): Result<true> {
  return haveOwnKeys(steps) ? ok(true) : sameKeys();
}

/** Refuses 'tool-link', 'tool-name' or 'plan-keys', naming the tool. */
export function checkTools(tools: readonly Omit<OtherTool, 'accountId'>[]): Result<true> {
  for (const [index, tool] of tools.entries()) {
    const name = tool.name.trim();
    if (name === '') return refuse('tool-name', `A tool needs a name: number ${index + 1}.`);
    if (!isSafeLink(tool.link)) return refuse('tool-link', `The link must be an https address: ${name}`);
  }
  return haveOwnKeys(tools) ? ok(true) : sameKeys();
}

const sameKeys = () => refuse('plan-keys', 'Two entries have the same key. Nothing was saved.');

function haveOwnKeys(entries: readonly { readonly key: string }[]): boolean {
  return new Set(entries.map(({ key }) => key)).size === entries.length;
}

/** What a plan still lacks before somebody could follow it; a step that names nobody is done by nobody. */
export type PlanLack = 'people' | 'phone' | 'message' | 'rules' | 'steps' | 'names';

export function lacksOf(plan: Omit<Plan, 'brandId' | 'changedAt'>): readonly PlanLack[] {
  const says = (text: string) => text.trim() !== '';
  const people = plan.decisionMakers.filter(({ name }) => says(name));
  const steps = plan.steps.filter(({ text }) => says(text));
  const lacks: readonly (readonly [PlanLack, boolean])[] = [
    ['people', people.length === 0],
    ['phone', people.some(({ phone }) => !says(phone))],
    ['message', !says(plan.holdingMessage)],
    ['rules', !plan.toneRules.some(says)],
    ['steps', steps.length === 0],
    ['names', steps.some(({ who }) => !says(who))],
  ];
  return lacks.filter(([, isLacking]) => isLacking).map(([lack]) => lack);
}
