import type { CalendarFormat } from './format.ts';

/** Buffer's bulk upload: one channel a file, so rows name no account; an empty time means its queue. */
export const buffer: CalendarFormat = {
  id: 'buffer',
  name: 'Buffer',
  columns: { text: ['text'], publish_at: ['posting time'], media: ['image url'], label: ['tags'] },
  required: ['text', 'posting time'],
  leftOut: ['board name'],
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[|\n]/u,
  betweenTexts: null,
};
