/** The shapes the window sees: plain data, no secrets, instants as milliseconds since 1970 UTC. */

import type { KnowSettings } from './know-views.ts';
import type { NeededYesView, YesAnswerView } from './yes-views.ts';

export type PublishingState = 'publishing' | 'stopped' | 'stopping' | 'not-confirmed' | 'not-started';

export type PostState =
  | 'scheduled'
  | 'publishing'
  | 'published'
  | 'failed'
  | 'held'
  | 'missed'
  | 'canceled'
  | 'unconfirmed';

export type Counts = Record<PostState, number>;

export type ScopeView =
  | { kind: 'everything' }
  | { kind: 'market'; market: string }
  | { kind: 'brand'; brandId: number; name: string }
  | { kind: 'network'; network: string }
  | { kind: 'account'; accountId: number; name: string };

export type Control = 'shortcut' | 'tray' | 'button' | 'command-line' | 'file-removed' | 'start' | 'trip';

/** One post that was in flight when a stop was engaged, until and after it settled. */
export type InFlightLine = {
  postId: number;
  brand: string;
  account: string;
  network: string;
  text: string;
  /** 'in-flight' until settled, then what became of it; 'not-sent' when it went back to the queue. */
  outcome: 'in-flight' | 'published' | 'not-sent' | 'failed' | 'unconfirmed' | 'cut';
  url: string;
};

/** A stop, in force or released. */
export type StopView = {
  id: string;
  scope: ScopeView;
  engagedAt: number;
  control: Control;
  by: string;
  reason: string;
  /** Set when the scope asked for did not exist or could not be made durable, and everything was stopped instead. */
  widenedFrom: string;
  isInForce: boolean;
  /** The durable record was read back, and the publisher confirmed or is dead. */
  isConfirmed: boolean;
  /** What to do by hand while not confirmed; '' otherwise. */
  todo: string;
  /** Scheduled posts the stop covers, counted when engaged. */
  heldCount: number;
  inFlight: InFlightLine[];
  releasedAt: number | null;
  releasedBy: string;
};

/** Always visible in the window, in every view. */
export type PublishingView = {
  state: PublishingState;
  epoch: number;
  /** Stops asked for since the app started. */
  pressCount: number;
  /** Stops in force, the widest first. */
  stops: StopView[];
  /** The newest stop of everything, in force or released; null when there never was one. */
  lastStop: StopView | null;
  counts: Counts;
  /** False while the database is not open or does not answer: counts and what is next say nothing then. */
  isQueueKnown: boolean;
  inFlight: InFlightLine[];
  nextDueAt: number | null;
  /** Set during a countdown after a release: nothing goes out before. */
  countdownEndsAt: number | null;
  /** Everything and markets are told brand by brand; networks and accounts as such. */
  countdowns: { scope: ScopeView; endsAt: number }[];
  /** Why nothing can be published although not stopped, in words ('' when it can): database, secrets, clock… */
  problem: string;
};

/** Why an account was held by itself: `count` posts in a minute, refusals in a row, or posts in a row without an answer. */
export type TripView = { kind: 'rate' | 'refusals' | 'no-answer'; count: number };

export type AccountView = {
  id: number;
  brandId: number;
  network: string;
  networkName: string;
  name: string;
  url: string;
  settings: Record<string, string>;
  state: 'ready' | 'signed-out';
  /** When a person has to sign in again, where the network told. */
  signInEndsAt: number | null;
  problem: string;
  isHeld: boolean;
  /** What tripped, when no person held it; null otherwise. */
  heldBy: TripView | null;
  isStopped: boolean;
  /** Given by people, in the order of the alphabet. */
  labels: string[];
  counts: Counts;
  nextDueAt: number | null;
};

export type BrandView = {
  id: number;
  name: string;
  market: string;
  timeZone: string;
  graceMinutes: number;
  colour: string;
  notes: string;
  /** A picture in the media folder, by its SHA-256; '' when none. */
  logo: string;
  isStopped: boolean;
  countdownEndsAt: number | null;
  counts: Counts;
  nextDueAt: number | null;
  accounts: AccountView[];
};

export type DeskView = { brands: BrandView[] };

export type SettingFieldView = {
  key: string;
  kind: 'text' | 'secret' | 'url' | 'choice';
  label: { en: string; fr: string };
  hint?: { en: string; fr: string };
  optional?: boolean;
  choices?: readonly string[];
  initial?: string;
};

export type LimitsView = {
  counting: 'grapheme' | 'code-point' | 'utf16' | 'weighted';
  textLength: number;
  captionLength: number | null;
  textBytes: number | null;
  urlLength: number | null;
  mediaCount: number;
  mediaBytes: number;
  mediaMimes: readonly string[];
  altTextLength: number;
  threads: boolean;
};

export type NetworkView = {
  network: string;
  name: string;
  settings: SettingFieldView[];
  /** Its secret can be made here: `network.newSecret`. */
  canMakeSecret: boolean;
  /** The person signs in through the system browser: use `account.signIn`. */
  signsInByBrowser: boolean;
  /** The address the network must be told beforehand that the browser comes back to; null where it need not. */
  redirectUri: string | null;
  canFind: boolean;
  canRemove: boolean;
  /** People can be mentioned on it. */
  canMention: boolean;
  limits: LimitsView;
  /** What a person must have, what the network charges, how far it was tested: said before connecting. */
  needs: { en: string; fr: string };
  costs: { en: string; fr: string };
  tested: { en: string; fr: string };
};

export type MediaView = { sha256: string; mime: string; bytes: number; name: string; altText: string };

export type PostView = {
  id: number;
  brandId: number;
  brand: string;
  accountId: number;
  account: string;
  network: string;
  state: PostState;
  reason: string;
  detail: string;
  parts: string[];
  link: string;
  media: MediaView[];
  label: string;
  publishAt: number;
  localTime: string;
  timeZone: string;
  attempts: number;
  /** What is or was public of it; `takenDown` says when, and by whom it was taken off its network again. */
  refs: { id: string; url: string; takenDown?: { at: number; by: string } }[];
  /** Scheduled, and a stop in force covers it. */
  isHeldByStop: boolean;
  /** Only where it needs one. */
  yes?: NeededYesView;
  changedAt: number;
};

export type PostPage = { posts: PostView[]; total: number; offset: number };

export type AttemptView = {
  attempt: number;
  startedAt: number;
  endedAt: number | null;
  outcome: string;
  detail: string;
};
export type PostDetailView = PostView & {
  history: AttemptView[];
  createdAt: number;
  /** To the question whether it may go out, the newest first. */
  answers: YesAnswerView[];
};

/** What some accounts say in their own words; media are those of the draft. No account is in two of them. */
export type VariantView = { accountIds: number[]; parts: string[]; link: string };

export type DraftView = {
  id: number;
  parts: string[];
  link: string;
  media: MediaView[];
  /** Also for accounts that are not chosen now. */
  variants: VariantView[];
  label: string;
  accountIds: number[];
  localTime: string;
  timeZone: string;
  changedAt: number;
};

/** What a draft held at one moment: `draft` with its id, and that moment as its time. */
export type DraftVersionView = { id: number; draft: DraftView };

/** What a wall time in a zone means. A gap or an overlap is asked about, never guessed. */
export type ResolvedTime =
  | { kind: 'one'; at: number }
  | { kind: 'gap'; before: { at: number; localTime: string }; after: { at: number; localTime: string } }
  | { kind: 'twice'; first: number; second: number }
  | { kind: 'invalid'; message: string };

export type ProblemView = { code: string; level: 'error' | 'warning'; message: { en: string; fr: string } };
/** How what an account says fits it, its own words where it has some; `counts` per part against `limit`, the link included where it goes into the text. */
export type FitView = {
  accountId: number;
  /** Per part: how long it is as the network counts, and how long it may be. */
  counts: number[];
  limits: number[];
  /** The link is added to the first part's text, is shown as a card, or is seen nowhere but where the text says it. */
  link: 'none' | 'text' | 'card';
  /** False: what has several parts cannot go out there. */
  threads: boolean;
  problems: ProblemView[];
};

/** A file a person chose or dropped: its name, and what stands for it in a request. */
export type ChosenFile = { token: string; name: string };
export type AccountsImportView = {
  brandsAdded: number;
  accountsAdded: number;
  known: number;
  problems: { line: number; column: string; reason: string }[];
  notice: string;
};

export type JournalLine = {
  seq: number;
  at: number;
  event: string;
  control: string;
  by: string;
  /** One sentence in the window's language is made from these. */
  details: Record<string, string | number | boolean | null>;
  hash: string;
};
export type JournalPage = { lines: JournalLine[]; total: number };
export type JournalCheck = { isWhole: boolean; records: number; brokenAt: number | null; problem: string };

export type ShortcutView = {
  /** What is registered now; '' when none could be. */
  accelerator: string;
  /** What the person chose or the default. */
  wanted: string;
  isRegistered: boolean;
  /** When a person last pressed it and it arrived; null when never proven or no longer valid. */
  provenAt: number | null;
  /** Why it does not count as proven; '' when it does. */
  unproven: '' | 'never' | 'old' | 'key' | 'app' | 'system' | 'session' | 'layout';
  problem: string;
};

/** One control of the stop as it was found at the last look. */
export type ControlView = {
  control: 'shortcut' | 'tray' | 'button' | 'command-line' | 'file';
  /** Null until the first look. */
  works: boolean | null;
  /** It did, since the app started. */
  hasWorked: boolean;
  since: number;
  checkedAt: number | null;
  problem:
    | ''
    | 'taken'
    | 'unproven'
    | 'no-host'
    | 'no-window'
    | 'no-answer'
    | 'not-removable'
    | 'latch-not-writable';
};

export type SettingsView = KnowSettings & {
  language: 'system' | 'en' | 'fr';
  theme: 'system' | 'light' | 'dark';
  /** Calls in flight at once: 1 to 32, 4 by default. */
  inFlightCap: number;
  personName: string;
  shortcut: ShortcutView;
  hasTray: boolean;
  closeToTray: boolean;
  /** Where the tour of the window was left, from 0, and whether it ended with the stop's key proven. */
  tour: { step: number; isDone: boolean };
  /** 'keyring' | 'passphrase' | 'this-run': where the key of the sealed secrets comes from. */
  secretStore: string;
  dataDir: string;
  /** What the disk said when the settings could not be written the last time; '' when they could. */
  notWritten: string;
};

export type AppView = {
  version: string;
  electron: string;
  /** The runtime is the old one for trying out and tests only. */
  isTrialRuntime: boolean;
  language: 'en' | 'fr';
  /** Asked for when this run was started: it goes before what the person chose. Null when it was not. */
  languageOfRun: 'en' | 'fr' | null;
  theme: 'light' | 'dark';
  /** No brand and no account yet. */
  isFirstRun: boolean;
  /** Set when the database could not be opened; the stop still works. */
  databaseProblem: string;
};

/** What a drill does, in this order. */
export type DrillStep = 'prepare' | 'publish' | 'stop' | 'restart' | 'release' | 'clear';

/** Times are milliseconds after the drill's own press, to a tenth. */
export type DrillFigures = {
  /** The gate shut, the permit unlinked and the publisher told. */
  shutMs: number;
  /** Permit gone and latch written, both read back; null when they were not. Promised: 250. */
  durableMs: number | null;
  /** The publisher confirmed or dead; null when neither came. Promised: 1,000. */
  silentMs: number | null;
  /** Its process gone. */
  deadMs: number | null;
  brands: number;
  accounts: number;
  /** Published before the press. */
  posts: number;
  /** At the press; the sum of the three that follow. */
  inFlight: number;
  published: number;
  unconfirmed: number;
  notSent: number;
  /** Appeared after the press; promised: at most `cap`. */
  escaped: number;
  cap: number;
  /** Still stopped after a new start. */
  staysStopped: boolean;
  /** Nothing went out by itself after the release. */
  startsNothing: boolean;
};

/** One drill: carried through, with figures; or not, with the reason. */
export type DrillView = { at: number; by: string } & (
  | { kind: 'done'; figures: DrillFigures; isPassed: boolean }
  | { kind: 'failed'; reason: string; detail: string }
  | { kind: 'canceled'; reason: string }
);

export type DrillsView = {
  /** Newest first. */
  drills: DrillView[];
  running: { step: DrillStep; by: string } | null;
  /** When the next is due; null while nothing was ever published. */
  dueAt: number | null;
  isDue: boolean;
  /** The last one that was not broken off did not pass. */
  hasFailed: boolean;
};
