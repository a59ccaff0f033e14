import type { CalendarFormat } from './format.ts';

/** Sprout Social's bulk scheduling: day and time apart; the order of day and month is chosen when uploading. */
export const sproutSocial: CalendarFormat = {
  id: 'sprout-social',
  name: 'Sprout Social',
  columns: { text: ['message_text'], date: ['date'], time: ['time_24hr'], media: ['public_image_url'] },
  required: ['date', 'time_24hr', 'message_text'],
  leftOut: [],
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[|\n]/u,
  betweenTexts: null,
};
