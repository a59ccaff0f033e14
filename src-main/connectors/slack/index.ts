import type { Connector } from '../../core/connector.ts';
import { SERVER } from './access.ts';
import { find } from './find.ts';
import { LIMITS } from './limits.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';
import { cancelScheduled, listScheduled } from './scheduled.ts';
import { verify } from './verify.ts';
import { mentionedPeople, writtenPerson } from './written.ts';

/** A channel of a Slack workspace, through a bot of the agency's own app. */
export const slack: Connector = {
  network: 'slack',
  name: 'Slack',
  idempotency: 'list',
  limits: LIMITS,
  mentions: { write: writtenPerson, find: mentionedPeople },
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'channel',
      kind: 'text',
      label: { en: 'Channel', fr: 'Canal' },
      hint: {
        en: 'Its address, by Copy link, or its ID, at the end of the channel’s details.',
        fr: 'Son adresse, par Copier le lien, ou son ID, à la fin des détails du canal.',
      },
    },
    {
      key: 'token',
      kind: 'secret',
      label: { en: 'Bot token', fr: 'Jeton du bot' },
      hint: {
        en: 'Begins with xoxb-. On api.slack.com/apps: your app, OAuth & Permissions, after it was installed.',
        fr: 'Commence par xoxb-. Sur api.slack.com/apps : votre application, OAuth & Permissions, une fois installée.',
      },
    },
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Slack’s address', fr: 'Adresse de Slack' },
      hint: { en: 'https://slack-gov.com for GovSlack.', fr: 'https://slack-gov.com pour GovSlack.' },
      initial: SERVER,
      optional: true,
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: false,
  needs: {
    en: 'An app of your own in the workspace, whose administrator may have to agree, with the bot scopes chat:write, channels:read and channels:history (groups:read and groups:history for private channels), and files:write and files:read for pictures. The bot must be in the channel.',
    fr: 'Une application à vous dans l’espace de travail, que son administrateur doit parfois approuver, avec les droits de bot chat:write, channels:read et channels:history (groups:read et groups:history pour les canaux privés), et files:write et files:read pour les images. Le bot doit être dans le canal.',
  },
  costs: {
    en: 'Nothing beside what the workspace pays.',
    fr: 'Rien de plus que ce que paie l’espace de travail.',
  },
  tested: {
    en: 'Tested against our own simulation of Slack that holds every request against its published reference; not against Slack itself. Pictures only, no films.',
    fr: 'Testé avec notre propre simulation de Slack, qui confronte chaque requête à sa référence publiée ; pas avec Slack. Images seulement, pas de films.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled,
  cancelScheduled,
};
