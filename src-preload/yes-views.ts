/** The yes a post needs. `isGiven`: for the time the post has now, or somebody let it go without. */
export type NeededYesView = { from: string; isGiven: boolean };

/** What was answered to a post; 'without' is somebody who let it go out without a yes. */
export type YesAnswerView = {
  answer: 'yes' | 'no' | 'without';
  by: string;
  remark: string;
  answeredAt: number;
  readAt: number;
  readBy: string;
  /** The time of the post that was answered for. */
  publishAt: number;
};

/** Posts of a brand that wait for one person. */
export type WaitingView = { brandId: number; from: string; posts: number; firstAt: number };

export type YesView = {
  /** Brands whose posts need a yes. */
  brands: { brandId: number; from: string }[];
  /** The soonest first. */
  waiting: WaitingView[];
  /** The sum of those. */
  posts: number;
};
