import type { Connector } from './connector.ts';

/**
 * Our code for another scheduler: it reads that scheduler's queue and cancels in it, and never hands it anything. A plain object; never
 * throws for what the service can answer. Its context is an account's, with the sign-in's settings and secrets.
 */
export type ElsewhereService = Pick<
  Connector,
  'name' | 'settings' | 'needs' | 'costs' | 'tested' | 'verify'
> & {
  /** 'buffer' */
  readonly service: string;
  /** How old a list may be while a stop covers it: services count requests. */
  readonly renewMs: number;
  readonly listScheduled: NonNullable<Connector['listScheduled']>;
  readonly cancelScheduled: Connector['cancelScheduled'];
};

/** One of a service's channels: what it posts to. */
export type ServiceChannel = {
  readonly id: string;
  /** For people, with its network: 'Maison Verrier (instagram)'. */
  readonly name: string;
};

/** Under this key of the settings `verify` gives a service's channels, as JSON. */
export const CHANNELS = 'channels';

/** Under this key of the settings `verify` says whose a sign-in is, where the service tells it: the same words for the same organisation. */
export const WHOSE = 'whose';

/** The channels that `verify` found; none where the text is no such list. */
export function readChannels(settings: Readonly<Record<string, string>>): readonly ServiceChannel[] {
  try {
    const read: unknown = JSON.parse(settings[CHANNELS] ?? '[]');
    if (!Array.isArray(read)) return [];
    return read.filter(
      (one): one is ServiceChannel => typeof one?.id === 'string' && typeof one?.name === 'string',
    );
  } catch {
    return [];
  }
}
