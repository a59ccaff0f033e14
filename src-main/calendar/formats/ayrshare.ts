import type { CalendarFormat } from './format.ts';

/** Ayrshare's bulk post: networks in one cell, times in UTC. */
export const ayrshare: CalendarFormat = {
  id: 'ayrshare',
  name: 'Ayrshare',
  columns: {
    text: ['post'],
    publish_at: ['scheduledate'],
    network: ['platforms'],
    media: ['mediaurls'],
  },
  required: ['post', 'platforms'],
  leftOut: [],
  positions: null,
  usualOrder: 'ymd',
  betweenAccounts: /[,;\s]+/u,
  betweenMedia: /[,;\s]+(?=https?:)|[,|\n]/u,
  betweenTexts: null,
};
