import { z } from 'zod';
import { type AccountsResponses, accountsRequests } from './accounts-requests.ts';
import { type AidResponses, aidRequests } from './aid-requests.ts';
import { type BackupResponses, backupRequests } from './backup-requests.ts';
import { type CalendarResponses, calendarRequests } from './calendar-requests.ts';
import { type ElsewhereResponses, elsewhereRequests } from './elsewhere-requests.ts';
import { type ImportResponses, importRequests } from './import-requests.ts';
import { type KnowResponses, knowRequests, knowSettings } from './know-requests.ts';
import type * as plan from './plan-views.ts';
import { type QueueResponses, queueFilter, queueOrder, queueRequests } from './queue-requests.ts';
import { type RecurrenceResponses, recurrenceRequests } from './recurrence-requests.ts';
import type * as release from './release-views.ts';
import { type SchedulerResponses, schedulerRequests } from './scheduler-requests.ts';
import { type SlotResponses, slotRequests } from './slot-requests.ts';
import type * as view from './views.ts';
import { type WindowKeyResponses, windowKeyRequests } from './window-key-requests.ts';
import { type YesResponses, yesRequests } from './yes-requests.ts';

const id = z.int().positive();
const ids = z.array(id).min(1).max(10_000);
const text = (most: number) => z.string().max(most);
const stopId = z.string().min(1).max(64);
const path = z.string().min(1).max(4_096);
/** Stands for a file a person chose or dropped; main knows which. */
const token = z.string().regex(/^[0-9a-f]{48}$/u);
const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/u);
const timeZone = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(200);
const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everything') }),
  z.strictObject({ kind: z.literal('market'), market: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('brand'), brandId: id }),
  z.strictObject({ kind: z.literal('network'), network: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('account'), accountId: id }),
]);
const media = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/u), altText: text(5_000) });
const content = {
  parts: z.array(text(100_000)).min(1).max(50),
  link: text(4_096),
  media: z.array(media).max(20),
  /** Its labels, each on a line of its own. */
  label: text(4_100).refine((label) => label.split('\n').length <= 20),
};
/** Accounts that say it in their own words; none of them twice. */
const variants = z
  .array(
    z.strictObject({
      accountIds: ids,
      parts: content.parts,
      link: content.link,
    }),
  )
  .max(1_000)
  .refine((all) => {
    const named = all.flatMap(({ accountIds }) => accountIds);
    return new Set(named).size === named.length;
  }, 'An account has one text of its own at most.')
  .optional();
const brand = {
  name: z.string().trim().min(1).max(100, 'A brand’s name has at most 100 characters.'),
  market: text(100),
  timeZone,
  graceMinutes: z.int().min(0).max(60),
  colour: z.string().regex(/^#[0-9a-f]{6}$/iu),
};
const fields = z.record(z.string().max(64), text(8_192));
const report = { stopId: z.string().min(1).max(64), brandId: id, language: z.enum(['en', 'fr']) };
/** A wall time; `at` says which instant is meant where the wall time exists twice, and is checked against it. */
const wanted = { localTime, timeZone, at: z.int().optional() };

const entryKey = z.string().regex(/^[0-9a-z-]{1,64}$/u);
const decisionMaker = z.strictObject({ name: text(200), role: text(200), phone: text(60), email: text(254) });
const otherTool = z.strictObject({
  key: entryKey,
  kind: z.enum(['scheduler', 'network-planner', 'automation', 'feed', 'other']),
  name: text(200),
  link: text(2_000),
  note: text(1_000),
});

/** Every request the window may make. Only requests carry schemas: they come from the less trusted side. */
export const requests = {
  'app.read': z.strictObject({}),
  'publishing.read': z.strictObject({}),
  /** The first Start, and Start after nothing but a fresh install; refused while a stop is in force. */
  'publishing.start': z.strictObject({}),
  /** All in one step. One that names nothing that exists, or cannot be understood, is a stop of everything. */
  'stop.engage': z.strictObject({ scopes: z.array(scope).min(1).max(1_000), reason: text(2_000).optional() }),
  'stop.explain': z.strictObject({ stopId, reason: text(2_000) }),
  'stop.list': z.strictObject({ limit: z.int().min(1).max(200) }),
  /** The document a client is sent; main asks where to. `path` is null when that was dismissed. */
  'report.save': z.strictObject({ ...report, format: z.enum(['html', 'pdf']) }),
  'report.message': z.strictObject(report),
  'release.preview': z.strictObject({}),
  /**
   * Ends, for the brands named, the stops of everything, of their market and their own; the brands not named stay stopped, each by a stop of
   * its own. `stopIds`: narrower stops, of a network or an account for instance, that end as a whole. `pressCount` as shown when the dialog
   * opened: a press since then wins.
   */
  'release.confirm': z.strictObject({
    brandIds: z.array(id).max(10_000),
    stopIds: z.array(stopId).max(10_000),
    by: name,
    pressCount: z.int().nonnegative(),
  }),
  /** Rehearses the stop on a copy that touches no network; answers when it is over, ten to thirty seconds later. One at a time. */
  'drill.run': z.strictObject({ by: name }),
  'drill.cancel': z.strictObject({}),
  'drill.list': z.strictObject({}),
  'desk.read': z.strictObject({}),
  'brand.create': z.strictObject(brand),
  'brand.change': z.strictObject({ brandId: id, ...brand }),
  'plan.list': z.strictObject({}),
  'plan.read': z.strictObject({ brandId: id }),
  /** The brand's plan as a whole; entries may be unfinished, so that nothing typed waits to be kept. */
  'plan.save': z.strictObject({
    brandId: id,
    language: z.enum(['en', 'fr']),
    decisionMakers: z.array(decisionMaker).max(50),
    toneRules: z.array(text(1_000)).max(100),
    holdingMessage: text(10_000),
    steps: z.array(z.strictObject({ key: entryKey, text: text(1_000), who: text(200) })).max(100),
  }),
  /** Asks where by the system's dialog and writes a PDF there. */
  'plan.print': z.strictObject({ brandId: id }),
  /** Opens the folder with the copies that can be read without the app; also while the database is closed. */
  'plan.showCopies': z.strictObject({}),
  'tool.list': z.strictObject({}),
  /** These instead of those the account had. */
  'tool.save': z.strictObject({ accountId: id, tools: z.array(otherTool).max(50) }),
  'checklist.read': z.strictObject({ stopId: z.string().max(64) }),
  /** During a stop and for a day after its release. `key`: of a step, or the `tickKey` of a tool. */
  'checklist.tick': z.strictObject({
    stopId: z.string().max(64),
    brandId: id,
    kind: z.enum(['step', 'tool']),
    key: z.string().min(1).max(100),
    done: z.boolean(),
    by: name,
  }),
  'network.list': z.strictObject({}),
  /** Makes what a person puts into the secret field of a network where the sign-in is a key of one's own. Kept only once it is connected with. */
  'network.newSecret': z.strictObject({ network: name }),
  'account.connect': z.strictObject({ brandId: id, network: name, name: text(200), fields }),
  /** Opens the system browser and answers when the person came back, at most two minutes later. */
  'account.signIn': z.strictObject({ brandId: id, network: name, fields }),
  'account.verify': z.strictObject({ accountId: id }),
  'account.change': z.strictObject({ accountId: id, fields }),
  'account.hold': z.strictObject({ accountId: id, held: z.boolean() }),
  'account.remove': z.strictObject({ accountId: id }),
  'queue.page': z.strictObject({
    ...queueFilter,
    order: queueOrder,
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  ...queueRequests,
  ...accountsRequests,
  ...calendarRequests,
  ...recurrenceRequests,
  ...slotRequests,
  ...yesRequests,
  'post.read': z.strictObject({ postId: id }),
  /**
   * With `slots` each account's post goes at the instant of its own slot, refused when one is not free any more. `yesFrom`: whose yes they
   * need, also where their brand asks for none.
   */
  'post.schedule': z.strictObject({
    accountIds: ids,
    ...content,
    variants,
    ...wanted,
    draftId: id.optional(),
    slots: z
      .array(z.strictObject({ accountId: id, at: z.int() }))
      .min(1)
      .max(10_000)
      .optional(),
    yesFrom: z.string().trim().max(200).optional(),
  }),
  /** With `seen` only posts that are still like that are touched; with `hold` as well they are held at their new time. */
  'post.reschedule': z.strictObject({
    postIds: ids,
    ...wanted,
    spacingMinutes: z.int().min(0).max(1_440),
    seen: z.strictObject({ state: z.enum(['scheduled', 'held', 'missed']), publishAt: z.int() }).optional(),
    hold: z.boolean().optional(),
  }),
  /** A person says what became of an unconfirmed post. */
  'post.settle': z.strictObject({
    postId: id,
    as: z.enum(['published', 'missed', 'failed']),
    url: text(4_096).optional(),
  }),
  'post.lookUp': z.strictObject({ postId: id }),
  'post.takeDown': z.strictObject({ postId: id }),
  'time.resolve': z.strictObject({ localTime, timeZone }),
  'text.check': z.strictObject({ accountIds: z.array(id).max(1_000), ...content, variants }),
  /** One text as a thread whose parts fit every one of these accounts that can have threads. */
  'text.split': z.strictObject({
    accountIds: ids,
    text: text(100_000),
    link: content.link,
    media: content.media,
  }),
  'draft.list': z.strictObject({}),
  'draft.save': z.strictObject({
    draftId: id.optional(),
    accountIds: z.array(id).max(1_000),
    ...content,
    variants,
    localTime: z.union([localTime, z.literal('')]),
    timeZone: z.union([timeZone, z.literal('')]),
  }),
  /** What it held before, the newest first, which is what it holds. */
  'draft.versions': z.strictObject({ draftId: id }),
  'draft.remove': z.strictObject({ draftId: id }),
  'media.add': z.strictObject({ name: text(255), mime: text(100), bytes: z.instanceof(Uint8Array) }),
  'media.read': z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) }),
  /** Asks for a file by the system's dialog. */
  'file.choose': z.strictObject({ purpose: z.enum(['calendar', 'accounts', 'export']) }),
  /** Made by the preload from a file that was chosen or dropped, never by the page: it cannot name a path. */
  'file.offer': z.strictObject({ purpose: z.enum(['calendar', 'accounts']), path }),
  ...importRequests,
  'import.accounts': z.strictObject({ token, dryRun: z.boolean() }),
  /** The token is that of a save dialog, and is used up. */
  'export.calendar': z.strictObject({ token }),
  /** Shows a file of the practice network in the system's file manager; refused unless it lies in the outbox. */
  'outbox.show': z.strictObject({ url: text(4_096) }),
  'journal.page': z.strictObject({
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
    search: text(200).optional(),
  }),
  'journal.verify': z.strictObject({}),
  'settings.read': z.strictObject({}),
  'settings.change': z.strictObject({
    language: z.enum(['system', 'en', 'fr']).optional(),
    theme: z.enum(['system', 'light', 'dark']).optional(),
    inFlightCap: z.int().min(1).max(32).optional(),
    personName: text(200).optional(),
    closeToTray: z.boolean().optional(),
    tour: z.strictObject({ step: z.int().min(0).max(20), isDone: z.boolean() }).optional(),
    ...knowSettings,
  }),
  ...windowKeyRequests,
  'shortcut.change': z.strictObject({ accelerator: z.string().min(1).max(100) }),
  /** Waits up to 30 s for a real press; only while publishing is off, because a press always stops for real. */
  'shortcut.prove': z.strictObject({}),
  'control.list': z.strictObject({}),
  /** The page's answer to 'page.asked'; `keyboard` is what the keys of the present layout write, '' when the page cannot tell. */
  'page.answer': z.strictObject({ ask: z.int().positive(), keyboard: text(64) }),
  /** First run: six invented brands in two markets, forty practice accounts, a calendar from one minute after Start to thirty days. */
  'practice.load': z.strictObject({}),
  ...backupRequests,
  ...knowRequests,
  ...aidRequests,
  ...elsewhereRequests,
  ...schedulerRequests,
} as const;

export type Channel = keyof typeof requests;
export type Requests = { [C in Channel]: z.input<(typeof requests)[C]> };

type OwnResponses = {
  'app.read': view.AppView;
  'publishing.read': view.PublishingView;
  'publishing.start': view.PublishingView;
  'stop.engage': view.PublishingView;
  'stop.explain': view.StopView;
  'stop.list': view.StopView[];
  'report.save': { path: string | null };
  /** `isComplete`: the journal has the whole list of what the stop kept back. `brokenAt`: a line of it, null when it is whole. */
  'report.message': { text: string; isWhole: boolean; brokenAt: number | null; isComplete: boolean };
  'release.preview': release.ReleasePreviews;
  'release.confirm': view.PublishingView;
  'drill.run': view.DrillView;
  'drill.cancel': { canceled: boolean };
  'drill.list': view.DrillsView;
  'desk.read': view.DeskView;
  'brand.create': view.BrandView;
  'brand.change': view.BrandView;
  'plan.list': plan.PlanSummary[];
  'plan.read': plan.PlanView | null;
  'plan.save': plan.PlanView;
  /** Null when the dialog was dismissed. */
  'plan.print': { path: string | null };
  'plan.showCopies': { shown: boolean };
  'tool.list': plan.OtherToolView[];
  'tool.save': plan.OtherToolView[];
  'checklist.read': plan.ChecklistView;
  'checklist.tick': plan.ChecklistView;
  'network.list': view.NetworkView[];
  'network.newSecret': { secret: string };
  'account.connect': view.AccountView;
  'account.signIn': view.AccountView;
  'account.verify': view.AccountView;
  'account.change': view.AccountView;
  'account.hold': view.AccountView;
  'account.remove': { removed: boolean };
  'queue.page': view.PostPage;
  'post.read': view.PostDetailView;
  /** `waiting`: how many of them wait for a yes. */
  'post.schedule': { postIds: number[]; planWarning: string; waiting: number };
  /** `heldOtherwise`: those that were held before, and not for want of a yes. */
  'post.reschedule': { changed: number; planWarning: string; waiting: number; heldOtherwise: number };
  'post.settle': view.PostView;
  'post.lookUp': view.PostView;
  'post.takeDown': { outcome: 'removed' | 'already-gone' | 'failed' | 'unsupported'; detail: string };
  'time.resolve': view.ResolvedTime;
  'text.check': view.FitView[];
  'text.split': { parts: string[] };
  'draft.list': view.DraftView[];
  'draft.save': view.DraftView;
  'draft.versions': view.DraftVersionView[];
  'draft.remove': { removed: boolean };
  'media.add': view.MediaView;
  'media.read': { mime: string; bytes: Uint8Array };
  'file.choose': view.ChosenFile | null;
  'file.offer': view.ChosenFile;
  'import.accounts': view.AccountsImportView;
  'export.calendar': { rows: number; path: string; heldPosts: number; missingMedia: number };
  'outbox.show': { shown: boolean };
  'journal.page': view.JournalPage;
  'journal.verify': view.JournalCheck;
  'settings.read': view.SettingsView;
  'settings.change': view.SettingsView;
  'shortcut.change': view.ShortcutView;
  'shortcut.prove': view.ShortcutView;
  'control.list': view.ControlView[];
  'page.answer': { taken: boolean };
  'practice.load': view.DeskView;
};

/** What each request is answered with, the parts of the desk that have files of their own included. */
export type Responses = OwnResponses &
  AccountsResponses &
  AidResponses &
  BackupResponses &
  CalendarResponses &
  ElsewhereResponses &
  ImportResponses &
  KnowResponses &
  QueueResponses &
  RecurrenceResponses &
  SchedulerResponses &
  SlotResponses &
  YesResponses &
  WindowKeyResponses;

/** Events only say that something changed; what it is now is asked for. `open` asks the window to show a view. */
export type Events = {
  'publishing.changed': Record<string, never>;
  'desk.changed': Record<string, never>;
  'queue.changed': Record<string, never>;
  'settings.changed': Record<string, never>;
  'journal.changed': Record<string, never>;
  'controls.changed': Record<string, never>;
  /** Is the page alive? Whoever shows the red button answers. */
  'page.asked': { ask: number };
  /** A drill began or ended. */
  'drill.changed': Record<string, never>;
  'drill.progress': { step: view.DrillStep };
  'plan.changed': Record<string, never>;
  /** What helps writing: saved texts, handles, words. */
  'aids.changed': Record<string, never>;
  'slots.changed': Record<string, never>;
  /** What waits in planners outside this app. */
  'elsewhere.changed': Record<string, never>;
  'import.progress': { done: number; total: number };
  'backup.changed': Record<string, never>;
  /** Of a step over many posts that is under way. */
  'bulk.progress': { done: number; total: number };
  'view.open': { view: string };
};
export type EventName = keyof Events;

export type Reply<C extends Channel> =
  | { ok: true; value: Responses[C] }
  | { ok: false; error: { code: string; message: string } };

/** What the page itself may ask: a path is named only by the preload. */
export type PageChannel = Exclude<Channel, 'file.offer'>;

/** What the preload puts on `window.allStop`. */
export type Bridge = {
  request<C extends PageChannel>(channel: C, request: Requests[C]): Promise<Reply<C>>;
  /** Returns what ends the subscription. */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Makes a file the person dropped or chose known to main; refused with 'no-path' when it lies nowhere. */
  offerFile(file: File, purpose: 'calendar' | 'accounts'): Promise<Reply<'file.offer'>>;
};
