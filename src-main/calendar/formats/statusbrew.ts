import type { CalendarFormat } from './format.ts';

/** Statusbrew's bulk schedule: columns by their place, one profile a file, 'mm/dd/yy hh:mm' by its help. */
export const statusbrew: CalendarFormat = {
  id: 'statusbrew',
  name: 'Statusbrew',
  columns: {},
  required: [],
  leftOut: [],
  positions: ['publish_at', 'text', 'media'],
  usualOrder: 'mdy',
  betweenAccounts: null,
  betweenMedia: /[|\n]/u,
  betweenTexts: null,
};
