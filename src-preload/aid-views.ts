/** What helps writing in Compose, as the window sees it. */

export type SavedTextView = {
  id: number;
  /** 'hashtags': a group of them. 'template': a text with places to fill in, such as {brand}. */
  kind: 'hashtags' | 'template';
  name: string;
  /** Null: for all brands. */
  brandId: number | null;
  text: string;
  changedAt: number;
};
