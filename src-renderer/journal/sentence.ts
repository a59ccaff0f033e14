import type { TFunction } from 'i18next';
import type { JournalLine } from '../../src-preload/views.ts';
import { isDrillReason } from '../drill/drill-reason.ts';
import { dayTimeOf, type Language, localZone, numberOf, placedTimeOf } from '../time.ts';
import type { DeskIndex } from '../ui/use-desk.ts';

/** How a kind of event is said. `key` is a sentence under `journal.event`; the rest fills it. */
type Said = { key: string; count?: number; words?: Record<string, string> };

type Details = JournalLine['details'];

type Voice = {
  readonly t: TFunction<['journal', 'common', 'drill']>;
  readonly language: Language;
  readonly desk: DeskIndex;
  readonly reason: (reason: string) => string;
};

const text = (details: Details, key: string) => {
  const value = details[key];
  return value === null || value === undefined ? '' : String(value);
};

/** Lists arrive joined by ', '. */
const listed = (details: Details, key: string) =>
  text(details, key)
    .split(', ')
    .filter((one) => one !== '');

const number = (details: Details, key: string) => {
  const value = Number(details[key]);
  return Number.isFinite(value) ? value : 0;
};

/** How many a list had; one that was cut short comes with its number. */
const lengthOf = (details: Details, key: string) =>
  number(details, `${key}Count`) || listed(details, key).length;

/** 'everything', 'brand:3', 'market:france', 'network:mastodon', 'account:12' in words. */
function scopeName(scope: string, { t, desk }: Voice): string {
  const [kind = '', value = ''] = scope.split(/:(.*)/su);
  if (scope === 'everything') return t('scope.everything');
  if (kind === 'brand') return desk.brandById.get(Number(value))?.name ?? t('scope.brand', { id: value });
  if (kind === 'account') return accountName(value, { t, desk });
  if (kind === 'market') {
    const market = desk.markets.find((one) => one.toLowerCase() === value.toLowerCase());
    return t('scope.market', { market: market ?? value });
  }
  if (kind === 'network') return t('scope.network', { network: networkName(value, desk) });
  return scope;
}

function networkName(network: string, { networks }: DeskIndex): string {
  return networks.find((one) => one.network === network)?.name ?? network;
}

function accountName(id: string, { t, desk }: Pick<Voice, 't' | 'desk'>): string {
  const account = desk.accountById.get(Number(id));
  return account ? `${account.name} (${account.networkName})` : t('scope.account', { id });
}

function brandNames(ids: readonly string[], { t, desk }: Voice): string {
  return ids.map((id) => desk.brandById.get(Number(id))?.name ?? t('scope.brand', { id })).join(', ');
}

/** The permit is no control one presses: it has sentences of its own. */
function controlSaid(details: Details, { t }: Voice, event: string): Said {
  const which = ['shortcut', 'tray', 'button', 'command-line'].find((one) => one === text(details, 'which'));
  return which
    ? { key: event, words: { control: t(`common:control.${which as 'tray'}`) } }
    : { key: `${event}-file` };
}

/** The sentences that need more than the event's name and its details as they are. */
const SPECIAL: Readonly<Record<string, (details: Details, voice: Voice, event: string) => Said>> = {
  'stop.engaged': (details, voice) => ({
    key: 'stop.engaged',
    words: { scope: scopeName(text(details, 'scope') || 'everything', voice) },
  }),
  'stop.released': (details, voice) => {
    const brands = listed(details, 'brands');
    const scopes = listed(details, 'scopes').map((scope) => scopeName(scope, voice));
    if (scopes.length > 0) {
      const names = brands.length > 0 ? [brandNames(brands, voice), ...scopes] : scopes;
      return { key: 'stop.released-scopes', words: { scopes: names.join(', ') } };
    }
    return {
      key: 'stop.released',
      count: lengthOf(details, 'brands'),
      words: { brands: brandNames(brands, voice) },
    };
  },
  'stop.held': (details) => ({ key: 'stop.held', count: number(details, 'scheduled') }),
  'control.lost': controlSaid,
  'control.back': controlSaid,
  'trip.account-held': (details) => {
    const kind = ['rate', 'refusals', 'no-answer'].find((one) => one === text(details, 'kind'));
    return { key: `trip.${kind ?? 'account-held'}` };
  },
  'account.removed': (details, voice) => ({
    key: 'account.removed',
    words: { name: accountName(text(details, 'account'), voice) },
  }),
  'account.signed-out': (details, voice) => ({
    key: 'account.signed-out',
    words: { name: accountName(text(details, 'account'), voice) },
  }),
  'plan.ticked': (details) => ({ key: details.done === true ? 'plan.ticked' : 'plan.unticked' }),
  'tool.ticked': (details) => ({ key: details.done === true ? 'tool.ticked' : 'tool.unticked' }),
  'tools.changed': (details, voice) => ({
    key: 'tools.changed',
    words: { account: accountName(text(details, 'account'), voice) },
  }),
  'backup.rehearsed': (details) => ({
    key: text(details, 'problem') === '' ? 'backup.rehearsed' : 'backup.not-usable',
  }),
  'posts.missed': (details) => ({ key: 'posts.missed', count: number(details, 'count') }),
  'posts.settled': (details, { t }) => ({
    key: 'posts.settled',
    words: { state: t(`common:postState.${text(details, 'as')}` as 'common:postState.missed').toLowerCase() },
  }),
  'post.looked-up': (details) => ({
    key: details.found === true ? 'post.found' : 'post.absent',
  }),
  'post.taken-down': (details) => ({
    key: ['removed', 'already-gone'].includes(text(details, 'outcome'))
      ? 'post.taken-down'
      : 'post.not-taken-down',
  }),
  'elsewhere.found': (details) => ({ key: 'elsewhere.found', count: lengthOf(details, 'items') }),
  'elsewhere.outcome': (details) => ({ key: `elsewhere.${text(details, 'outcome') || 'unclear'}` }),
  'drill.done': (details) => ({ key: details.isPassed === false ? 'drill.not-passed' : 'drill.done' }),
  'stop.inventory-begun': (details) => ({ key: 'stop.inventory-begun', count: number(details, 'within') }),
  'stop.inventory-done': (details) => ({ key: 'stop.inventory-done', count: number(details, 'named') }),
  'calendar.undone': (details) => ({ key: 'calendar.undone', count: number(details, 'canceled') }),
  'calendar.imported': (details) => ({ key: 'calendar.imported', count: number(details, 'added') }),
  'accounts.imported': (details) => ({ key: 'accounts.imported', count: number(details, 'accounts') }),
};

/** Events of posts in number: what their sentence counts. */
const COUNTED = [
  'posts.scheduled',
  'posts.rescheduled',
  'posts.held',
  'posts.resumed',
  'posts.canceled',
  'posts.to-draft',
  'posts.to-account',
  'posts.labelled',
  'posts.set-back',
  'posts.need-yes',
  'posts.without-yes',
  'yes.asked',
  'yes.given',
  'yes.refused',
  'yes.taken-back',
  'posts.planned',
  'posts.kept-back',
  'stop.inventory',
];

/** Why several posts were missed at once. */
const WHY_MISSED = [
  'stopped',
  'countdown',
  'late',
  'offline',
  'signed-out',
  'account-held',
  'waited',
  'no-yes',
] as const;

/** Keys that a sentence or its second line has said already, or that only a machine needs. */
const QUIET = new Set([
  'stop',
  'epoch',
  'key',
  'sendsFrom',
  'isDurable',
  'isSilent',
  'isPermitGone',
  'isLatched',
]);

export type Sentence = {
  readonly main: string;
  /** What stands under it in small; '' when nothing. */
  readonly more: string;
  readonly postId: number | null;
};

/** One journal line as a sentence in the window's language; an event unknown here is told by its name and details. */
export function sentenceOf(line: JournalLine, voice: Voice, exists: (key: string) => boolean): Sentence {
  const { details } = line;
  const postId = number(details, 'post') > 0 ? number(details, 'post') : null;
  const said: Said =
    SPECIAL[line.event]?.(details, voice, line.event) ??
    (COUNTED.includes(line.event)
      ? { key: line.event, count: lengthOf(details, 'posts') }
      : { key: line.event });
  // Keys in the texts have no full stop: it would mean nesting.
  const key = `event.${said.key.replace('.', '_')}`;
  const isKnown = exists(`journal:${key}`) || exists(`journal:${key}_other`);
  if (!isKnown) return { main: line.event, more: plainDetails(details), postId };
  const words: Record<string, string | number> = {
    ...Object.fromEntries(Object.keys(details).map((name) => [name, text(details, name)])),
    by: line.by,
    ...(text(details, 'network') !== '' && { network: networkName(text(details, 'network'), voice.desk) }),
    ...said.words,
    ...(said.count !== undefined && { count: said.count, n: numberOf(said.count, voice.language) }),
  };
  return { main: voice.t(key as 'event.app_started', words), more: moreOf(line, voice), postId };
}

/** The path of a file without its %20; any other address as it is. */
export function readable(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

const WORDS_SHOWN = 60;
/** A stop whose line was written so much later says when it was made. */
const TOLD_LATER_MS = 2_000;

/** 'Cobalt · @cobalt · “The first words…”': what a post is, for a line that knows only its number. */
export function postWords(post: { brand: string; account: string; parts: readonly string[] }): string {
  const words = (post.parts[0] ?? '').replace(/\s+/gu, ' ').trim();
  const [...signs] = words;
  const cut = signs.length > WORDS_SHOWN ? `${signs.slice(0, WORDS_SHOWN).join('').trimEnd()}…` : words;
  return [post.brand, post.account, cut === '' ? '' : `“${cut}”`].filter((part) => part !== '').join(' · ');
}

function moreOf(line: JournalLine, voice: Voice): string {
  const { details } = line;
  const { t, language } = voice;
  const more: string[] = [];
  if (line.event === 'stop.engaged') {
    const inFlight = lengthOf(details, 'inFlight');
    if (inFlight > 0) more.push(t('inFlight', { count: inFlight, n: numberOf(inFlight, language) }));
    const engagedAt = number(details, 'engagedAt');
    if (engagedAt > 0 && line.at - engagedAt > TOLD_LATER_MS)
      more.push(t('engagedAt', { when: dayTimeOf(engagedAt, language, localZone()) }));
    if (text(details, 'widenedFrom') !== '')
      more.push(t('widened', { scope: scopeName(text(details, 'widenedFrom'), voice) }));
  }
  if (line.event === 'stop.found' && number(details, 'engagedAt') > 0)
    more.push(t('engagedAt', { when: dayTimeOf(number(details, 'engagedAt'), language, localZone()) }));
  if (line.event === 'post.attempt' && text(details, 'publishAt') !== '') {
    const brand = voice.desk.brands.find((one) => one.name === text(details, 'brand'));
    const zone = brand?.timeZone ?? localZone();
    more.push(t('dueAt', { when: placedTimeOf(Date.parse(text(details, 'publishAt')), language, zone) }));
  }
  const reason = text(details, 'reason');
  if (line.event === 'drill.done' && text(details, 'durableMs') !== '')
    more.push(
      t('drill:journal', {
        durable: text(details, 'durableMs'),
        silent: text(details, 'silentMs'),
        escaped: text(details, 'escaped'),
      }),
    );
  if (line.event.startsWith('drill.')) {
    if (isDrillReason(reason)) more.push(t(`drill:why.${reason}`));
  } else if (reason !== '' && line.event !== 'stop.explained') {
    const why = WHY_MISSED.find((one) => one === reason);
    if (line.event.startsWith('stop.')) more.push(`“${reason}”`);
    else
      more.push(
        line.event === 'posts.missed' && why
          ? t(`why.${why}`, { count: number(details, 'count') })
          : voice.reason(reason),
      );
  }
  if (text(details, 'detail') !== '') more.push(text(details, 'detail'));
  if (text(details, 'remark') !== '') more.push(`“${text(details, 'remark')}”`);
  if (text(details, 'answeredAt') !== '')
    more.push(
      t('answeredAt', { when: placedTimeOf(Date.parse(text(details, 'answeredAt')), language, localZone()) }),
    );
  if (text(details, 'urls') !== '') more.push(listed(details, 'urls').map(readable).join(', '));
  if (line.event === 'calendar.imported') {
    const [known, skipped] = [number(details, 'known'), number(details, 'skipped')];
    if (known + skipped > 0)
      more.push(t('importRest', { known: numberOf(known, language), skipped: numberOf(skipped, language) }));
  }
  return more.join(' ');
}

/** 'name: value, name: value' of the details a person may want. */
function plainDetails(details: Details): string {
  return Object.entries(details)
    .filter(([key, value]) => !QUIET.has(key) && value !== '' && value !== null)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ');
}
