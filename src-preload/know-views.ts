/** What the window sees of the hours ahead and of the day. Plain data, as in views.ts. */

/** What the next hours ask of this computer. */
export type HoursAhead = {
  hours: number;
  /** Scheduled posts that may go out in them; zero while publishing is off. */
  posts: number;
  firstAt: number | null;
  lastAt: number | null;
  isPublishing: boolean;
  /** Before this post the computer may fall asleep, because it is further off than it is kept awake for; null when before none. */
  mayMissAt: number | null;
};

/** Posts planned for the same hours that wait for a yes. */
export type YesAhead = { posts: number; firstAt: number | null };

/** A day in a few numbers. */
export type DigestView = {
  /** In the 24 hours before. */
  published: number;
  failed: number;
  missed: number;
  /** Missed, unconfirmed and held: all that waits for a person, whenever it came there. */
  waiting: number;
  tomorrow: number;
  tomorrowFirstAt: number | null;
};

/** Which notifications a person wants; those about the stop itself cannot be switched off. */
export type NoticeClasses = {
  missed: boolean;
  failed: boolean;
  unconfirmed: boolean;
  signIns: boolean;
  backups: boolean;
  yes: boolean;
};

export type KnowSettings = {
  notices: NoticeClasses;
  /** 'HH:MM'; `isOn` false: no digest. */
  digest: { isOn: boolean; at: string };
  /** The computer is kept from idling to sleep while a post is due within so many minutes; 0 is never. */
  keepAwakeMinutes: 0 | 15 | 60 | 720;
};

/** A package that is shipped, by name and version, and the words it comes with. */
export type LicenceView = { name: string; words: string };
