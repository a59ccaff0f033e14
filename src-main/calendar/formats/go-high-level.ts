import type { CalendarFormat } from './format.ts';

/** GoHighLevel's social planner, basic and advanced; an empty time is a draft there. */
export const goHighLevel: CalendarFormat = {
  id: 'go-high-level',
  name: 'GoHighLevel',
  columns: {
    text: ['content'],
    publish_at: ['postatspecifictime (yyyy-mm-dd hh:mm:ss)', 'postatspecifictime'],
    link: ['link (ogmetaurl)'],
    media: ['imageurls', 'gifurl', 'videourls'],
    label: ['category', 'tags'],
  },
  required: ['content', 'link (ogmetaurl)'],
  leftOut: ['post type', 'posttype', 'first comment', 'followupcomment'],
  positions: null,
  usualOrder: null,
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  betweenTexts: null,
};
