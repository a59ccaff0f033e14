import type { SettingFieldView } from './views.ts';

/** What the window sees of other schedulers a person signed in to. Plain data, as in views.ts. */

type Words = { en: string; fr: string };

/** One that can be read: what it asks for, and what is said before connecting. */
export type SchedulerServiceView = {
  service: string;
  name: string;
  settings: SettingFieldView[];
  needs: Words;
  costs: Words;
  tested: Words;
};

/** Whose one channel is, as a person said: an account's, or a brand's; neither while nobody has. */
export type SchedulerChannelView = {
  id: string;
  name: string;
  accountId: number | null;
  brandId: number | null;
};

export type SchedulerSignInView = {
  id: number;
  /** What `elsewhere.read` calls it. */
  source: string;
  service: string;
  serviceName: string;
  name: string;
  channels: SchedulerChannelView[];
  cancelsSince: number | null;
};

export type SchedulersView = {
  services: SchedulerServiceView[];
  signIns: SchedulerSignInView[];
  /** The sign-in just made or checked is another one's than before: whose its channels are is to be said anew. */
  isAnother?: true;
};
