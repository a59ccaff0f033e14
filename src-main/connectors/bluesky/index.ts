import {
  type Connector,
  type ConnectorContext,
  GateClosed,
  NoAnswer,
  type Verified,
} from '../../core/connector.ts';
import { cleanDetail } from '../shared/answer.ts';
import { mentionedHandles, writtenHandle } from './facets.ts';
import { LIMITS } from './limits.ts';
import { find, remove } from './look-up.ts';
import { publish } from './publish.ts';
import { createSession } from './session.ts';

/** Bluesky and every other server that keeps atproto repositories (a PDS), over XRPC. */
export const bluesky: Connector = {
  network: 'bluesky',
  name: 'Bluesky',
  idempotency: 'own-id',
  limits: LIMITS,
  mentions: { write: writtenHandle, find: (text) => mentionedHandles(text).map((handle) => `@${handle}`) },
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Server', fr: 'Serveur' },
      hint: {
        en: 'Leave it as it is unless the account lives on a server of its own.',
        fr: 'À laisser tel quel, sauf si le compte est sur un serveur à part.',
      },
      initial: 'https://bsky.social',
    },
    {
      key: 'identifier',
      kind: 'text',
      label: { en: 'Handle or e-mail address', fr: 'Pseudo ou adresse e-mail' },
      hint: { en: 'For instance name.bsky.social', fr: 'Par exemple nom.bsky.social' },
    },
    {
      key: 'appPassword',
      kind: 'secret',
      label: { en: 'App password', fr: 'Mot de passe d’application' },
      hint: {
        en: 'Made in Bluesky under Settings, Privacy and security, App passwords. Not the password of the account.',
        fr: 'À créer dans Bluesky : Paramètres, Confidentialité et sécurité, Mots de passe d’application. Pas celui du compte.',
      },
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: false,
  needs: {
    en: 'A Bluesky account and an app password, which its owner makes in the settings.',
    fr: 'Un compte Bluesky et un mot de passe d’application, que son titulaire crée dans les paramètres.',
  },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Tested against the real Bluesky server software (PDS 0.5.35), not against bsky.social itself.',
    fr: 'Testé avec le véritable logiciel serveur de Bluesky (PDS 0.5.35), pas avec bsky.social.',
  },
  verify,
  publish,
  find,
  remove,
  // The network has no planner: what schedules there are other tools.
  listScheduled: null,
  cancelScheduled: null,
};

/** Signs in with the app password and keeps who and where the account is, and tokens that spare the next posts a sign-in. */
async function verify(context: ConnectorContext): Promise<Verified> {
  try {
    const opened = await createSession(context);
    if (opened.kind === 'signed-out') return opened;
    if (opened.kind !== 'open') return { kind: 'unreachable', detail: opened.detail };
    const { did, handle, pds, accessJwt, refreshJwt } = opened.session;
    const name = handle && handle !== 'handle.invalid' ? handle : did;
    const { appPassword = '' } = context.secrets;
    return {
      kind: 'ready',
      name,
      url: `https://bsky.app/profile/${name}`,
      settings: { did, handle: name, pds },
      secrets: { appPassword, accessJwt, refreshJwt },
    };
  } catch (error) {
    if (!(error instanceof NoAnswer) && !(error instanceof GateClosed)) throw error;
    return { kind: 'unreachable', detail: cleanDetail(context, error.message) };
  }
}
