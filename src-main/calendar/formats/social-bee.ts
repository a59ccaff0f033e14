import type { CalendarFormat } from './format.ts';

/** SocialBee's import: one kind of media a row. */
export const socialBee: CalendarFormat = {
  id: 'socialbee',
  name: 'SocialBee',
  columns: {
    text: ['text'],
    publish_at: ['postatspecifictime'],
    link: ['link'],
    media: ['imageurls', 'gifurls', 'videourls'],
  },
  required: ['text', 'postatspecifictime'],
  leftOut: [],
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  betweenTexts: null,
};
