import type { Connector } from '../../core/connector.ts';
import { find } from './find.ts';
import { defaultLimits, limitsFrom } from './limits.ts';
import { mentionedHandles, writtenHandle } from './mentions.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';
import { cancelScheduled, listScheduled } from './scheduled.ts';
import { signIn } from './sign-in.ts';
import { verify } from './verify.ts';

/** Mastodon and the servers that speak its API. They differ where it matters, so only what all of them honour is relied upon. */
export const mastodon: Connector = {
  network: 'mastodon',
  name: 'Mastodon',
  idempotency: 'list',
  limits: defaultLimits,
  mentions: { write: writtenHandle, find: mentionedHandles },
  limitsOf: limitsFrom,
  settings: [
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Server', fr: 'Serveur' },
      hint: { en: 'For instance https://mastodon.social', fr: 'Par exemple https://mastodon.social' },
      initial: 'https://',
    },
    {
      key: 'visibility',
      kind: 'choice',
      label: { en: 'Visibility', fr: 'Visibilité' },
      hint: {
        en: 'Unlisted posts are public, but not shown in public timelines.',
        fr: 'Les publications non listées sont publiques, mais absentes des fils publics.',
      },
      choices: ['public', 'unlisted'],
      initial: 'public',
      optional: true,
    },
    {
      key: 'language',
      kind: 'text',
      label: { en: 'Language of the posts', fr: 'Langue des publications' },
      hint: {
        en: 'For instance en or fr; empty leaves it to the server.',
        fr: 'Par exemple en ou fr ; vide, le serveur décide.',
      },
      optional: true,
    },
  ],
  newSecret: null,
  signIn,
  fromFile: false,
  needs: {
    en: 'An account on a Mastodon server, or one that speaks its API. You sign in with your browser.',
    fr: 'Un compte sur un serveur Mastodon, ou qui parle son API. Vous vous connectez avec votre navigateur.',
  },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Tested against a real server (snac) that speaks Mastodon’s API and against our own simulation of Mastodon; pictures only, no films.',
    fr: 'Testé avec un vrai serveur (snac) qui parle l’API de Mastodon et avec notre propre simulation de Mastodon ; images seulement, pas de films.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled,
  cancelScheduled,
};
