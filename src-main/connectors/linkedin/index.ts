import type { Connector } from '../../core/connector.ts';
import { API } from './access.ts';
import { LIMITS } from './limits.ts';
import { find, remove } from './look-up.ts';
import { publish } from './publish.ts';
import { signIn, verify } from './sign-in.ts';

/** Pages of organisations on LinkedIn, by its versioned API and the agency's own developer app. */
export const linkedin: Connector = {
  network: 'linkedin',
  name: 'LinkedIn',
  idempotency: 'list',
  limits: LIMITS,
  mentions: null,
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'organization',
      kind: 'text',
      label: { en: 'Number of the page', fr: 'Numéro de la page' },
      hint: {
        en: 'It stands in the page’s address when you administer it: linkedin.com/company/12345/admin. The address will do.',
        fr: 'Il est dans l’adresse de la page quand vous l’administrez : linkedin.com/company/12345/admin. L’adresse convient.',
      },
    },
    {
      key: 'clientId',
      kind: 'text',
      label: { en: 'Client ID of your app', fr: 'Client ID de votre app' },
      hint: {
        en: 'In LinkedIn’s developer portal: your app, Auth.',
        fr: 'Dans le portail développeur de LinkedIn : votre app, Auth.',
      },
    },
    {
      key: 'clientSecret',
      kind: 'secret',
      label: { en: 'Client secret', fr: 'Client secret' },
      hint: {
        en: 'Leave it empty only if LinkedIn turned on sign-in for programs (native PKCE) for your app.',
        fr: 'À laisser vide seulement si LinkedIn a activé la connexion pour programmes (native PKCE) pour votre app.',
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
    en: 'An app of your own to which LinkedIn granted the Community Management API, the address below in it as redirect URL, and a person who administers the page.',
    fr: 'Une app à vous à laquelle LinkedIn a accordé la Community Management API, l’adresse ci-dessous comme redirect URL, et une personne qui administre la page.',
  },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Tested against our own simulation, made from LinkedIn’s documentation; not against LinkedIn itself. LinkedIn takes the version of its API we speak (202609) until about September 2027. Sign-ins mostly end after 60 days. Images only, no films; links stand in the text, without a card.',
    fr: 'Testé avec notre propre simulation, faite d’après la documentation de LinkedIn ; pas avec LinkedIn. LinkedIn accepte la version de son API que nous parlons (202609) jusqu’en septembre 2027 environ. Les connexions finissent le plus souvent après 60 jours. Images seulement, pas de films ; les liens sont dans le texte, sans carte.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled: null,
  cancelScheduled: null,
};
