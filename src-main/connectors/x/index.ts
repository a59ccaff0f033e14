import type { Connector, Mentions } from '../../core/connector.ts';
import { API } from './access.ts';
import { LIMITS } from './limits.ts';
import { find, remove } from './look-up.ts';
import { publish } from './publish.ts';
import { signIn, verify } from './sign-in.ts';

const HANDLES = /(?<![\p{L}\p{N}_@/.])@([a-z0-9_]{1,15})(?![a-z0-9_@]|[.-][a-z0-9])/giu;

const mentions: Mentions = {
  write: (name) => {
    const handle = name.trim().replace(/^@/u, '');
    return /^[a-z0-9_]{1,15}$/iu.test(handle) ? `@${handle}` : null;
  },
  find: (text) => [...text.matchAll(HANDLES)].map(([, handle = '']) => `@${handle}`),
};

/** X, by its API v2 and the agency's own developer app. */
export const x: Connector = {
  network: 'x',
  name: 'X',
  idempotency: 'list',
  limits: LIMITS,
  mentions,
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'clientId',
      kind: 'text',
      label: { en: 'Client ID of your app', fr: 'Client ID de votre app' },
      hint: {
        en: 'In X’s developer console: your app, User authentication set up, type Native App, read and write.',
        fr: 'Dans la console développeur de X : votre app, User authentication set up, type Native App, lecture et écriture.',
      },
    },
    {
      key: 'clientSecret',
      kind: 'secret',
      label: { en: 'Client secret', fr: 'Client secret' },
      hint: {
        en: 'Only for an app of the type Web App.',
        fr: 'Seulement pour une app du type Web App.',
      },
      optional: true,
    },
    {
      key: 'api',
      kind: 'url',
      label: { en: 'Address of the API', fr: 'Adresse de l’API' },
      hint: {
        en: 'Leave it as it is unless your company has a gateway before it.',
        fr: 'À laisser telle quelle, sauf si votre entreprise a une passerelle devant.',
      },
      initial: API,
      optional: true,
    },
  ],
  newSecret: null,
  signIn,
  fromFile: false,
  needs: {
    en: 'A developer account at X with credit, an app of your own in it, and the address below entered there as callback.',
    fr: 'Un compte développeur X avec du crédit, une app à vous, et l’adresse ci-dessous saisie comme callback.',
  },
  costs: {
    en: 'X charges your developer account: $0.015 a post, $0.20 with a web address in it, about $0.001 for each own post read (prices since 20 April 2026).',
    fr: 'X facture votre compte développeur : 0,015 $ par publication, 0,20 $ avec une adresse web, environ 0,001 $ par publication relue (prix depuis le 20 avril 2026).',
  },
  tested: {
    en: 'Tested against our own simulation of X’s API v2, made from its documentation; not against X itself. Images only, no films.',
    fr: 'Testé avec notre propre simulation de l’API v2 de X, faite d’après sa documentation ; pas avec X. Images seulement, pas de films.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled: null,
  cancelScheduled: null,
};
