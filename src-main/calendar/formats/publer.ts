import type { CalendarFormat } from './format.ts';

const COMMON = {
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  // In Publer it stands between captions for different networks.
  betweenTexts: '||',
} as const;

/** Publer's template of twelve columns. Times may be phrases ("next Friday at 2 PM"), which only Publer understands. */
export const publer: CalendarFormat = {
  ...COMMON,
  id: 'publer',
  name: 'Publer',
  columns: {
    text: ['text'],
    publish_at: ['date'],
    link: ['link(s)', 'links', 'link'],
    media: ['media url(s)', 'media urls'],
    alt_text: ['alt text(s)', 'alt texts'],
    label: ['label(s)', 'labels'],
  },
  required: ['date', 'text', 'media url(s)'],
  leftOut: [
    'title',
    'comment(s)',
    'comments',
    'pin board',
    'pin board, fb album, or google category',
    'sub-type',
    'post subtype',
    'cta',
    'reminder',
  ],
};

/** Publer's earlier template of six columns. */
export const publerOld: CalendarFormat = {
  ...COMMON,
  id: 'publer-old',
  name: 'Publer (old template)',
  columns: {
    text: ['message'],
    publish_at: ['date'],
    link: ['link'],
    media: ['media url'],
    label: ['labels'],
  },
  required: ['date', 'message', 'media url'],
  leftOut: ['title'],
};
