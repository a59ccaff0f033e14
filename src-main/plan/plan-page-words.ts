import type { PlanLanguage, ToolKind } from '../core/plan.ts';

/** The words of a printed plan, in the brand's own language whatever the window speaks. */
export type PlanPageWords = {
  readonly title: string;
  readonly asOf: string;
  readonly people: string;
  readonly order: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly email: string;
  readonly noPeople: string;
  readonly message: string;
  readonly noMessage: string;
  readonly rules: string;
  readonly noRules: string;
  readonly steps: string;
  readonly who: string;
  readonly step: string;
  readonly doneAt: string;
  readonly nobody: string;
  readonly noSteps: string;
  readonly tools: string;
  readonly toolsLead: string;
  readonly account: string;
  readonly tool: string;
  readonly link: string;
  readonly note: string;
  readonly offBy: string;
  readonly noTools: string;
  readonly byHand: string;
  readonly kind: Readonly<Record<ToolKind, string>>;
};

export const PLAN_PAGE_WORDS: Readonly<Record<PlanLanguage, PlanPageWords>> = {
  en: {
    title: 'Crisis plan',
    asOf: 'As of',
    people: 'Who decides, in calling order',
    order: 'No.',
    name: 'Name',
    role: 'Role',
    phone: 'Phone',
    email: 'E-mail',
    noPeople: 'Nobody is named yet.',
    message: 'Holding message',
    noMessage: 'There is none yet.',
    rules: 'Rules of tone',
    noRules: 'There are none yet.',
    steps: 'Checklist',
    who: 'Who does it',
    step: 'Step',
    doneAt: 'Done at, by',
    nobody: 'nobody named',
    noSteps: 'There are no steps yet.',
    tools: 'Other tools that can post',
    toolsLead: 'All Stop does not reach these: each is switched off by hand.',
    account: 'Account',
    tool: 'Tool',
    link: 'Link',
    note: 'Note',
    offBy: 'Off at, by',
    noTools: 'None is listed.',
    byHand:
      'To stop All Stop when it cannot be started: delete the file “permit” in its data folder, the folder above the one this page lies in.',
    kind: {
      scheduler: 'Another scheduler',
      'network-planner': 'The network’s own planner',
      automation: 'Automation',
      feed: 'Feed',
      other: 'Other',
    },
  },
  fr: {
    title: 'Plan de crise',
    asOf: 'État au',
    people: 'Qui décide, dans l’ordre d’appel',
    order: 'Nº',
    name: 'Nom',
    role: 'Rôle',
    phone: 'Téléphone',
    email: 'E-mail',
    noPeople: 'Personne n’est encore nommé.',
    message: 'Message d’attente',
    noMessage: 'Il n’y en a pas encore.',
    rules: 'Règles de ton',
    noRules: 'Il n’y en a pas encore.',
    steps: 'Liste de contrôle',
    who: 'Qui s’en charge',
    step: 'Étape',
    doneAt: 'Fait à, par',
    nobody: 'personne de nommé',
    noSteps: 'Il n’y a pas encore d’étape.',
    tools: 'Autres outils qui peuvent publier',
    toolsLead: 'All Stop ne les atteint pas\u00a0: chacun s’arrête à la main.',
    account: 'Compte',
    tool: 'Outil',
    link: 'Lien',
    note: 'Note',
    offBy: 'Coupé à, par',
    noTools: 'Aucun n’est indiqué.',
    byHand:
      'Pour arrêter All Stop quand il ne démarre pas\u00a0: supprimez le fichier «\u202fpermit\u202f» de son dossier de données, celui qui contient le dossier de cette page.',
    kind: {
      scheduler: 'Autre outil de programmation',
      'network-planner': 'Planificateur du réseau',
      automation: 'Automatisation',
      feed: 'Flux',
      other: 'Autre',
    },
  },
};
