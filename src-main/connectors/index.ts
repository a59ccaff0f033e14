import type { Connector } from '../core/connector.ts';
import { bluesky } from './bluesky/index.ts';
import { discord } from './discord/index.ts';
import { linkedin } from './linkedin/index.ts';
import { mastodon } from './mastodon/index.ts';
import { nostr } from './nostr/index.ts';
import { practice } from './practice/index.ts';
import { slack } from './slack/index.ts';
import { telegram } from './telegram/index.ts';
import { webhook } from './webhook/index.ts';
import { x } from './x/index.ts';

/** Every network there is, in the order in which the window offers them. */
export const connectors: readonly Connector[] = [
  bluesky,
  mastodon,
  telegram,
  discord,
  slack,
  nostr,
  x,
  linkedin,
  webhook,
  practice,
];

/** Null for a network this version does not know, for instance one of a newer data folder. */
export function connectorFor(network: string): Connector | null {
  return connectors.find((connector) => connector.network === network) ?? null;
}
