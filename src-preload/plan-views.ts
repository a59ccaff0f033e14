/** What the window sees of crisis plans, of other tools, and of both during a stop. Plain data, as in views.ts. */

export type PlanLanguage = 'en' | 'fr';
/** Somebody who may decide for the brand. Any field may be ''. */
export type DecisionMakerView = { name: string; role: string; phone: string; email: string };
/** `key` stays the same while the step is reworded or moved; `who` is '' while nobody is named. */
export type PlanStepView = { key: string; text: string; who: string };
/** What a brand does when everything has to fall silent. Lists are in their order. */
export type PlanView = {
  brandId: number;
  language: PlanLanguage;
  decisionMakers: DecisionMakerView[];
  toneRules: string[];
  holdingMessage: string;
  steps: PlanStepView[];
  changedAt: number;
  /** After a save: why the copy that is readable without the app could not be written; '' when it could. */
  copyProblem: string;
};
/** What a plan still lacks before somebody could follow it. */
export type PlanLack = 'people' | 'phone' | 'message' | 'rules' | 'steps' | 'names';
export type PlanSummary = {
  brandId: number;
  /** Those with a name, in calling order. */
  decisionMakers: DecisionMakerView[];
  toneRules: string[];
  stepKeys: string[];
  lacks: PlanLack[];
  changedAt: number;
};

export type ToolKind = 'scheduler' | 'network-planner' | 'automation' | 'feed' | 'other';
/** Something else that can post on an account, out of the stop's reach. */
export type OtherToolView = {
  accountId: number;
  brandId: number;
  key: string;
  /** What a tick names it by: unique in the brand. */
  tickKey: string;
  kind: ToolKind;
  name: string;
  /** https, or ''. */
  link: string;
  note: string;
};

/** The newest word on one step or tool during a stop. `text` is what it said then. */
export type TickView = {
  brandId: number;
  kind: 'step' | 'tool';
  key: string;
  text: string;
  isDone: boolean;
  by: string;
  at: number;
};
/** `isOpen`: the stop is in force, or was released less than a day ago. */
export type ChecklistView = { stopId: string; isOpen: boolean; ticks: TickView[] };
