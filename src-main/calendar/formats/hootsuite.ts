import type { CalendarFormat } from './format.ts';

/** Hootsuite's bulk composer: no header; the order of day and month is chosen when uploading. */
export const hootsuite: CalendarFormat = {
  id: 'hootsuite',
  name: 'Hootsuite',
  columns: {},
  required: [],
  leftOut: [],
  positions: ['publish_at', 'text', 'link'],
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[|\n]/u,
  betweenTexts: null,
};
