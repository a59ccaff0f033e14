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

/** Somebody who can be mentioned. */
export type MentionView = {
  network: string;
  networkName: string;
  /** As it stands in a text. */
  handle: string;
  /** 'kept': saved by a person. 'used': in an earlier post of the accounts. 'account': connected here. */
  from: 'kept' | 'used' | 'account';
  /** To remove it by; null unless a person kept it. */
  keptId: number | null;
  /** The brand of the account, or the one it was kept for; '' otherwise. */
  brand: string;
};

/** A handle in a text, the network it is of, and the networks of chosen accounts on which it is nobody's. */
export type MentionCheckView = { handle: string; network: string; elsewhere: string[] };

/** A word that is right although no dictionary has it. */
export type KnownWordView = {
  id: number;
  /** Null: in the texts of all brands. */
  brandId: number | null;
  word: string;
};
