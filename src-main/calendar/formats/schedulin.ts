import type { CalendarFormat } from './format.ts';

/** Schedulin's bulk upload: one channel a row; an empty time means its queue. */
export const schedulin: CalendarFormat = {
  id: 'schedulin',
  name: 'Schedulin',
  columns: {
    text: ['caption'],
    publish_at: ['scheduled_at'],
    account: ['channel'],
    media: ['media_url'],
  },
  required: ['channel', 'caption', 'scheduled_at'],
  leftOut: ['placement'],
  positions: null,
  usualOrder: 'ymd',
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  betweenTexts: null,
};
