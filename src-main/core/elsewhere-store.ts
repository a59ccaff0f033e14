import type { Instant } from './clock.ts';

export type ElsewhereStore = {
  /** Planners ('account:12') in which a stop may cancel by itself, each with since when. */
  opted(): Promise<ReadonlyMap<string, Instant>>;
  /** One that is opted in already keeps its instant; null takes it back. */
  setOpted(source: string, since: Instant | null): Promise<void>;
};
