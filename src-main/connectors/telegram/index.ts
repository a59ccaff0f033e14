import type { Connector } from '../../core/connector.ts';
import { SERVER } from './access.ts';
import { LIMITS } from './limits.ts';
import { mentionedHandles, writtenHandle } from './mentions.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';
import { verify } from './verify.ts';

/** Channels and groups, through a bot. Nothing tells two sendings of one text apart, and a bot cannot read what it posted. */
export const telegram: Connector = {
  network: 'telegram',
  name: 'Telegram',
  idempotency: 'none',
  limits: LIMITS,
  mentions: { write: writtenHandle, find: mentionedHandles },
  limitsOf: () => LIMITS,
  settings: [
    {
      key: 'chat',
      kind: 'text',
      label: { en: 'Channel or group', fr: 'Canal ou groupe' },
      hint: {
        en: '@name or its t.me address; the number that begins with -100 where it has no name.',
        fr: '@nom ou son adresse t.me ; le numéro qui commence par -100 s’il n’a pas de nom.',
      },
    },
    {
      key: 'token',
      kind: 'secret',
      label: { en: 'Bot token', fr: 'Jeton du bot' },
      hint: {
        en: 'From @BotFather in Telegram: /newbot, or /mybots and API Token.',
        fr: 'Donné par @BotFather dans Telegram : /newbot, ou /mybots puis API Token.',
      },
    },
    {
      key: 'sound',
      kind: 'choice',
      label: {
        en: 'When a post appears, subscribers’ phones',
        fr: 'Quand une publication paraît, les téléphones des abonnés',
      },
      choices: ['ring', 'silent'],
      initial: 'ring',
      optional: true,
    },
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Bot API server', fr: 'Serveur de l’API des bots' },
      hint: { en: 'Telegram’s, or one of your own.', fr: 'Celui de Telegram, ou un serveur à vous.' },
      initial: SERVER,
      optional: true,
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: false,
  needs: {
    en: 'A bot of your own, made with @BotFather, as an administrator of the channel with the right to post. Telegram has no descriptions for pictures.',
    fr: 'Un bot à vous, créé avec @BotFather, administrateur du canal avec le droit de publier. Telegram n’a pas de descriptions pour les images.',
  },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Tested against our own simulation of Telegram’s Bot API, made from its documentation; not against Telegram itself. What was sent cannot be looked up: after a lost answer, a person has to look. Only what is less than 48 hours old can be taken down.',
    fr: 'Testé avec notre propre simulation de l’API des bots de Telegram, faite d’après sa documentation ; pas avec Telegram. Ce qui est parti ne peut pas être relu : après une réponse perdue, c’est à une personne de regarder. Seul ce qui a moins de 48 heures peut être retiré.',
  },
  verify,
  publish,
  find: null,
  remove,
  listScheduled: null,
  cancelScheduled: null,
};
