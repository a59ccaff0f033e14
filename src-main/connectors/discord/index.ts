import type { Connector } from '../../core/connector.ts';
import { SERVER } from './access.ts';
import { find } from './find.ts';
import { LIMITS, limitsFrom } from './limits.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';
import { verify } from './verify.ts';
import { mentionedPeople, writtenPerson } from './written.ts';

/** A channel of a Discord server, through a webhook or a bot. Only a bot replies in threads and finds what it posted. */
export const discord: Connector = {
  network: 'discord',
  name: 'Discord',
  idempotency: 'list',
  limits: LIMITS,
  mentions: { write: writtenPerson, find: mentionedPeople },
  limitsOf: limitsFrom,
  settings: [
    {
      key: 'access',
      kind: 'secret',
      label: { en: 'Webhook address or bot token', fr: 'Adresse de webhook ou jeton de bot' },
      hint: {
        en: 'A webhook: settings of the channel, Integrations, Webhooks, Copy URL. Whoever has it can post there.',
        fr: 'Un webhook : paramètres du salon, Intégrations, Webhooks, Copier l’URL. Qui l’a peut y publier.',
      },
    },
    {
      key: 'channel',
      kind: 'text',
      label: { en: 'Channel number, for a bot', fr: 'Numéro du salon, pour un bot' },
      hint: {
        en: 'With developer mode on in Discord: right click on the channel, Copy Channel ID.',
        fr: 'Avec le mode développeur de Discord : clic droit sur le salon, Copier l’identifiant du salon.',
      },
      optional: true,
    },
    {
      key: 'server',
      kind: 'url',
      label: { en: 'API address', fr: 'Adresse de l’API' },
      hint: { en: 'Discord’s, or a proxy of your own.', fr: 'Celle de Discord, ou un relais à vous.' },
      initial: SERVER,
      optional: true,
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: false,
  needs: {
    en: 'A webhook of the channel, or a bot on the server that may view the channel, send messages, attach files and read the history. With a webhook, the parts of a thread follow one another without being replies, and what was sent cannot be looked for after a lost answer.',
    fr: 'Un webhook du salon, ou un bot sur le serveur qui peut voir le salon, y envoyer des messages, joindre des fichiers et lire l’historique. Avec un webhook, les parties d’un fil se suivent sans être des réponses, et ce qui est parti ne peut pas être recherché après une réponse perdue.',
  },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Tested against our own simulation of Discord that holds every request against its published reference; not against Discord itself.',
    fr: 'Testé avec notre propre simulation de Discord, qui confronte chaque requête à sa référence publiée ; pas avec Discord.',
  },
  verify,
  publish,
  find,
  remove,
  listScheduled: null,
  cancelScheduled: null,
};
