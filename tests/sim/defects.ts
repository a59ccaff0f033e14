import type { Defect } from './defect.ts';
import { GATE_DEFECTS } from './defects-gate.ts';
import { QUEUE_DEFECTS } from './defects-queue.ts';
import { RELEASE_DEFECTS } from './defects-release.ts';
import { SCOPE_DEFECTS } from './defects-scopes.ts';
import { SENDING_DEFECTS } from './defects-sending.ts';
import { STOP_DEFECTS } from './defects-stop.ts';

export type SeededDefect = {
  readonly name: string;
  /** The requirement or rule it breaks. */
  readonly promise: string;
  readonly defect: Defect;
};

/**
 * Known mistakes, each of which the simulation has to find. Where several layers keep one promise, the mistake is made in all of them:
 * one alone changes nothing that anybody could see, and that is what the layers are for.
 */
export const DEFECTS: readonly SeededDefect[] = [
  ...GATE_DEFECTS,
  ...STOP_DEFECTS,
  ...RELEASE_DEFECTS,
  ...QUEUE_DEFECTS,
  ...SENDING_DEFECTS,
  ...SCOPE_DEFECTS,
];
