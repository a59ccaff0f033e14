import type { Connector, ConnectorContext, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record } from '../shared/answer.ts';
import { readAccount } from './account.ts';
import { bytesOf, decode, encode, newSecretKey } from './key.ts';
import { LIMITS } from './limits.ts';
import { find, remove } from './look-up.ts';
import { mentionedKeys } from './notes.ts';
import { publish } from './publish.ts';
import { ask, closeAll, openRelays } from './relays.ts';

/** Nostr: events signed with a key of the account's own, kept by several relays. */
export const nostr: Connector = {
  network: 'nostr',
  name: 'Nostr',
  idempotency: 'own-id',
  limits: LIMITS,
  mentions: { write: writtenMention, find: (text) => mentionedKeys(text).map((npub) => `nostr:${npub}`) },
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'relays',
      kind: 'text',
      label: { en: 'Relays', fr: 'Relais' },
      hint: {
        en: 'Where the posts are kept and read: one to ten addresses, with spaces between them.',
        fr: 'Là où les publications sont gardées et lues : une à dix adresses, séparées par des espaces.',
      },
      initial: 'wss://relay.damus.io wss://nos.lol wss://relay.primal.net',
    },
    {
      key: 'key',
      kind: 'secret',
      label: { en: 'Secret key', fr: 'Clé secrète' },
      hint: {
        en: 'Begins with nsec1. Whoever has it is the account, for good: it can neither be changed nor taken back.',
        fr: 'Commence par nsec1. Qui la détient est le compte, pour toujours : on ne peut ni la changer ni la reprendre.',
      },
    },
  ],
  newSecret: newSecretKey,
  signIn: null,
  fromFile: false,
  needs: {
    en: 'A secret key (nsec1…), or a new one made here, and the addresses of relays that take posts from anybody or from this key.',
    fr: 'Une clé secrète (nsec1…), ou une nouvelle créée ici, et les adresses de relais qui acceptent tout le monde ou cette clé.',
  },
  costs: {
    en: 'Nothing on free relays; some relays charge for taking posts.',
    fr: 'Rien sur les relais gratuits ; certains relais font payer.',
  },
  tested: {
    en: 'Tested against a real relay (nostr-relay 0.0.40) and its faults, not against public relays. Pictures only by their address.',
    fr: 'Testé avec un vrai relais (nostr-relay 0.0.40) et ses pannes, pas avec des relais publics. Images seulement par leur adresse.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled: null,
  cancelScheduled: null,
};

/** `nostr:npub1…`, from `npub1…` with or without it. */
function writtenMention(name: string): string | null {
  const npub = name
    .trim()
    .replace(/^@?(?:nostr:)?/iu, '')
    .toLowerCase();
  return decode('npub', npub) === null ? null : `nostr:${npub}`;
}

/** Ready once a single relay answers; the profile (kind 0), where one has it, gives the name. */
async function verify(context: ConnectorContext): Promise<Verified> {
  const account = readAccount(context);
  if (account.kind !== 'account') return account;
  const { publicKey } = account.keys;
  const { open, failed } = await openRelays(context, account.relays);
  try {
    const problems = failed.map(({ detail }) => detail);
    const asked = await Promise.all(
      open.map(async (relay) => {
        try {
          const answer = await ask(relay, publicKey, { kinds: [0], authors: [publicKey], limit: 1 });
          if (answer.kind === 'all') return answer.events;
          problems.push(cleanDetail(context, `${relay.host}: ${answer.detail}`));
        } catch (thrown) {
          problems.push(`${relay.host}: ${failureBeforeSend(context, thrown).detail}`);
        }
        return null;
      }),
    );
    if (asked.every((events) => events === null)) return { kind: 'unreachable', detail: problems.join('; ') };
    const [profile] = asked
      .flatMap((events) => events ?? [])
      .filter(({ kind }) => kind === 0)
      .sort((a, b) => b.created_at - a.created_at);
    const npub = encode('npub', bytesOf(publicKey));
    return {
      kind: 'ready',
      name: nameIn(profile?.content) ?? npub,
      url: `https://njump.me/${npub}`,
      settings: { relays: account.relays.join(' '), npub },
      secrets: {},
    };
  } finally {
    closeAll(open);
  }
}

function nameIn(profile: string | undefined): string | null {
  try {
    const { name, display_name: displayed } = record(JSON.parse(profile ?? ''));
    const said = [displayed, name].find((one) => typeof one === 'string' && one.trim() !== '');
    return typeof said === 'string' ? said.trim().slice(0, 100) : null;
  } catch {
    return null;
  }
}
