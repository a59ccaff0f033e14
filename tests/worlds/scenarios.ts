import type { Scope } from '../../src-main/core/scope.ts';
import {
  type Deed,
  press,
  pressOutside,
  RELEASE,
  START_AGAIN,
  START_ANOTHER,
  type WAYS_TO_END,
} from './deeds.ts';

const EVERYTHING: Scope = { kind: 'everything' };
const BRAND: Scope = { kind: 'brand', brandId: 1 };

export type Scenario = {
  readonly name: string;
  readonly accounts: 1 | 2;
  /** When the two posts are due, from the moment the choices begin. */
  readonly dueMs: readonly [number, number];
  /** Timers later than this, from there, never come. */
  readonly horizonMs: number;
  readonly deeds: readonly Deed[];
  readonly ends: readonly (keyof typeof WAYS_TO_END)[];
  readonly mostEnds: number;
  readonly hasTwoApps: boolean;
};

const plain: Scenario = {
  name: '',
  accounts: 1,
  dueMs: [0, 0],
  horizonMs: 2_000,
  deeds: [],
  ends: [],
  mostEnds: 1,
  hasTwoApps: false,
};

export const SCENARIOS: readonly Scenario[] = [
  {
    ...plain,
    name: 'two posts of two accounts, and everything is stopped',
    accounts: 2,
    deeds: [press(EVERYTHING)],
  },
  { ...plain, name: 'two posts of one account, and everything is stopped', deeds: [press(EVERYTHING)] },
  { ...plain, name: 'a brand is stopped', accounts: 2, deeds: [press(BRAND)] },
  { ...plain, name: 'everything is stopped from outside', deeds: [pressOutside(EVERYTHING)] },
  { ...plain, name: 'a brand is stopped from outside', deeds: [pressOutside(BRAND)] },
  {
    ...plain,
    name: 'main dies at any step of a stop',
    deeds: [press(EVERYTHING), START_AGAIN],
    ends: ['main dies'],
  },
  {
    ...plain,
    name: 'the publisher dies',
    deeds: [press(EVERYTHING)],
    ends: ['the publisher dies'],
  },
  {
    ...plain,
    name: 'the power goes at any step of a stop',
    deeds: [press(EVERYTHING), START_AGAIN],
    ends: ['the power goes'],
  },
  {
    ...plain,
    name: 'the power goes at any step of the stop of a brand',
    deeds: [press(BRAND), START_AGAIN],
    ends: ['the power goes'],
  },
  {
    ...plain,
    name: 'two apps on one folder, and everything is stopped in the first',
    deeds: [press(EVERYTHING, 'eldest'), START_ANOTHER],
    hasTwoApps: true,
  },
  {
    ...plain,
    name: 'everything is stopped and released',
    dueMs: [0, 125_000],
    horizonMs: 127_000,
    deeds: [press(EVERYTHING), RELEASE],
  },
  {
    ...plain,
    name: 'everything is stopped twice and released',
    dueMs: [0, 125_000],
    horizonMs: 127_000,
    deeds: [{ ...press(EVERYTHING), times: 2 }, RELEASE],
  },
];
