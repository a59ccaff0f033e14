import type { CalendarFormat } from './format.ts';

/** Agorapulse's bulk publishing; profiles are chosen in its dialog, so rows name no account. */
export const agorapulse: CalendarFormat = {
  id: 'agorapulse',
  name: 'Agorapulse',
  columns: {
    text: ['post_content'],
    link: ['post_link'],
    media: ['image_url', 'video_url'],
    publish_at: ['date', 'post_date', 'publishing_date', 'schedule_date'],
    label: ['labels', 'label', 'post_labels'],
  },
  required: ['post_content', 'post_link'],
  leftOut: [],
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[,;|\n]/u,
  betweenTexts: null,
};
