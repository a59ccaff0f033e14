import type { CalendarFormat } from './format.ts';

/** PostFast's bulk import: times with an offset, one account a row. */
export const postFast: CalendarFormat = {
  id: 'postfast',
  name: 'PostFast',
  columns: {
    text: ['content'],
    publish_at: ['scheduled_at'],
    account: ['account_id'],
    media: ['media_urls'],
  },
  required: ['scheduled_at', 'account_id', 'content'],
  leftOut: ['first_comment', 'fb_content_type', 'ig_publish_type', 'yt_is_short', 'pinterest_board_id'],
  positions: null,
  usualOrder: 'ymd',
  betweenAccounts: null,
  betweenMedia: /[,|\n]/u,
  betweenTexts: null,
};
