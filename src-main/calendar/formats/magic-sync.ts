import type { CalendarFormat } from './format.ts';

/** MagicSync's import; rows name no account. */
export const magicSync: CalendarFormat = {
  id: 'magicsync',
  name: 'MagicSync',
  columns: { text: ['content'], publish_at: ['scheduled_time'], media: ['image_url'] },
  required: ['content', 'scheduled_time'],
  leftOut: ['comments'],
  positions: null,
  usualOrder: 'ymd',
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  betweenTexts: null,
};
