import type { CalendarFormat } from './format.ts';

/**
 * A table of nobody in particular. The names are what such columns are often called, in English and French: they only choose
 * beforehand what a person is shown and may change.
 */
export const anyTable: CalendarFormat = {
  id: 'columns',
  name: '',
  columns: {
    text: [
      'text',
      'message',
      'content',
      'caption',
      'copy',
      'post',
      'texte',
      'contenu',
      'légende',
      'publication',
    ],
    publish_at: [
      'publish_at',
      'datetime',
      'date and time',
      'scheduled_at',
      'scheduled time',
      'schedule',
      'date et heure',
    ],
    date: ['date', 'day', 'jour'],
    time: ['time', 'hour', 'heure'],
    time_zone: ['time_zone', 'timezone', 'time zone', 'fuseau', 'fuseau horaire'],
    brand: ['brand', 'client', 'marque'],
    network: ['network', 'platform', 'réseau'],
    account: ['account', 'profile', 'channel', 'compte', 'profil'],
    link: ['link', 'url', 'lien'],
    media: ['media', 'image', 'images', 'picture', 'photo', 'visuel', 'image url', 'media url'],
    alt_text: ['alt_text', 'alt text', 'alt', 'texte alternatif'],
    label: ['label', 'labels', 'tags', 'tag', 'étiquette', 'campaign', 'campagne'],
  },
  required: [],
  leftOut: [],
  positions: null,
  usualOrder: null,
  betweenAccounts: /[;|\n]/u,
  betweenMedia: /[|\n]|[,;]\s*(?=https?:)/u,
  betweenTexts: null,
};
