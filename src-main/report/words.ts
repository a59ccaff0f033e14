import type { Language } from '../calendar/local-time.ts';
import type { ElsewhereState, Fate, PostYes } from './report-model.ts';
import type { standing } from './standing.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** French sets a space that never breaks before : ; ? ! » and after «. Only what is written here is touched, never what is filled in. */
function fr(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.map((text, index) => frenchOf(text) + String(values[index] ?? '')).join('');
}

function frenchOf(text: string): string {
  return text
    .replace(/ :/gu, '\u00a0:')
    .replace(/ ([;?!»])/gu, '\u202f$1')
    .replace(/« /gu, '«\u202f');
}

const number = (n: number, language: Language) => n.toLocaleString(LOCALES[language]);

/** '1 post', '1,200 posts', '0 publication', '2 publications'. */
function posts(n: number, language: Language): string {
  return language === 'fr'
    ? `${number(n, 'fr')} ${n < 2 ? 'publication' : 'publications'}`
    : `${number(n, 'en')} ${n === 1 ? 'post' : 'posts'}`;
}

function format(at: number, language: Language, zone: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone }).format(at);
  } catch {
    return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(at);
  }
}

const MINUTE = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** '23 November 2026 at 21:34 (Paris)'. */
export function localTime(at: number, language: Language, zone: string): string {
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return `${format(at, language, zone, MINUTE)} (${place})`;
}

/** '23 November 2026 at 21:34:05 (Paris)'. */
export function exactTime(at: number, language: Language, zone: string): string {
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return `${format(at, language, zone, { ...MINUTE, second: '2-digit' })} (${place})`;
}

/** '2026-11-23 20:34:05 UTC'. */
export function utcTime(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15
    ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
    : '–';
}

const CONTROLS: Readonly<Record<string, readonly [string, string]>> = {
  shortcut: ['keyboard shortcut', 'raccourci clavier'],
  tray: ['icon in the system tray', 'icône de la barre système'],
  button: ['button in the window', 'bouton de la fenêtre'],
  'command-line': ['command line', 'ligne de commande'],
  'file-removed': ['removal of the permit file', 'suppression du fichier d’autorisation'],
  start: ['check at the start of the app', 'contrôle au démarrage de l’application'],
  trip: ['automatic stop', 'arrêt automatique'],
};

const FATES: Readonly<Record<Fate['kind'], readonly [string, string]>> = {
  'kept-back': ['Kept back; nothing has gone out', 'Retenue ; rien n’est parti'],
  waiting: ['Waits for its planned time', 'Attend l’heure prévue'],
  missed: [
    'Not published: its time passed during the stop',
    'Non publiée : son heure est passée pendant l’arrêt',
  ],
  rescheduled: ['Given a new time', 'Reprogrammée'],
  draft: ['Moved to the drafts', 'Remise en brouillon'],
  canceled: ['Canceled', 'Annulée'],
  held: ['Held by a person', 'Retenue par une personne'],
  resumed: ['Resumed by a person', 'Reprise par une personne'],
  'not-sent': ['Not sent', 'Non envoyée'],
  published: ['Published', 'Publiée'],
  failed: ['Not published: the network refused it', 'Non publiée : refusée par le réseau'],
  unconfirmed: ['Not confirmed: it may be public', 'Non confirmée : elle est peut-être en ligne'],
  unknown: ['Not known', 'Non connu'],
};

const ELSEWHERE: Readonly<Record<ElsewhereState, readonly [string, string]>> = {
  waiting: ['Not cancelled there: it may go out', 'Non annulée là-bas : elle peut paraître'],
  later: [
    'Not cancelled yet: the service asked to wait',
    'Pas encore annulée : le service a demandé d’attendre',
  ],
  'still-there': ['Still live there', 'Toujours active là-bas'],
  unclear: ['Not clear: it may go out', 'Pas clair : elle peut paraître'],
  canceled: ['Cancelled there; read back as gone', 'Annulée là-bas ; disparition vérifiée'],
  gone: ['Not there any more, before its time', 'N’y est plus, avant son heure'],
  'may-be-out': [
    'Not there any more, at its time: it may be out',
    'N’y est plus, à son heure : peut-être parue',
  ],
};

const HOW: Readonly<Record<string, readonly [string, string]>> = {
  scheduled: ['scheduled', 'programmée'],
  imported: ['imported', 'importée'],
  rescheduled: ['given a new time', 'reprogrammée'],
  sample: ['sample data', 'données d’exemple'],
};

/** 'Mastodon': networks are kept by names in lower case. */
const network = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** Everything the document and the message say in one language. */
export function reportWords(language: Language) {
  const say = (en: string, french: string) => (language === 'fr' ? frenchOf(french) : en);
  const pick = (pair: readonly [string, string] | undefined, otherwise: string) =>
    pair ? say(pair[0], pair[1]) : otherwise;
  return {
    language,
    posts: (n: number) => posts(n, language),
    number: (n: number) => number(n, language),
    control: (control: string) => pick(CONTROLS[control], control),
    fate: (fate: Fate['kind']) => pick(FATES[fate], fate),
    how: (how: string) => pick(HOW[how], how),
    title: (brand: string) =>
      language === 'fr' ? fr`Arrêt d’urgence : ${brand}` : `Emergency stop: ${brand}`,
    /** `name`: the market or the account as it is called, where that is known. */
    scope(scope: string, brand: string, name = ''): string {
      const [kind = '', value = ''] = scope.split(/:(.*)/su);
      if (kind === 'everything')
        return say('Every account of every brand', 'Tous les comptes de toutes les marques');
      if (kind === 'market')
        return language === 'fr' ? fr`Le marché « ${name || value} »` : `The market “${name || value}”`;
      if (kind === 'brand') return language === 'fr' ? fr`La marque « ${brand} »` : `The brand “${brand}”`;
      if (kind === 'network')
        return language === 'fr' ? fr`Le réseau ${network(value)}` : `The network ${network(value)}`;
      if (name === '') return say('One account', 'Un compte');
      return language === 'fr' ? fr`Le compte « ${name} »` : `The account “${name}”`;
    },
    network,
    stoppedAt: say('Stopped', 'Arrêté le'),
    confirmedAt: say('Confirmed', 'Confirmé le'),
    notConfirmed: say('No line of the journal confirms it', 'Aucune ligne du journal ne le confirme'),
    couldNotBe: (at: string) =>
      language === 'fr' ? `Le journal dit que non (${at})` : `The journal says that it could not be (${at})`,
    by: say('By', 'Par'),
    nobody: say('no name was given', 'aucun nom n’a été donné'),
    controlName: say('Control', 'Moyen'),
    covered: say('What was stopped', 'Ce qui a été arrêté'),
    reason: say('Reason', 'Motif'),
    noReason: say('none was given', 'aucun n’a été donné'),
    released: say('Released', 'Levé le'),
    notReleased: (how: ReturnType<typeof standing>) =>
      how === 'stopped'
        ? say('Not released: still stopped', 'pas encore : toujours à l’arrêt')
        : how === 'left'
          ? say('Not released; the brand has left the market', 'pas encore ; la marque a quitté le marché')
          : say('Not released', 'pas encore'),
    alsoStopped: say('Still stopped by another stop', 'Encore à l’arrêt par un autre arrêt'),
    heldTitle: say('Posts kept back by the stop', 'Publications bloquées par l’arrêt'),
    heldNone: say('No scheduled post was due.', 'Aucune publication n’était prévue.'),
    heldMissed: say(
      'None was left when the list was made; what was missed before stands below.',
      'Il n’en restait aucune quand la liste a été faite ; celles manquées avant figurent ci-dessous.',
    ),
    heldWaits: say(
      'The list was not written into the journal: what was kept back is not known from it.',
      'La liste n’a pas été notée dans le journal : il ne dit pas ce qui a été bloqué.',
    ),
    heldPartly: say(
      'The list in the journal was cut short; there may have been more.',
      'La liste du journal a été interrompue ; il y en avait peut-être d’autres.',
    ),
    more: (n: number, before: string) =>
      language === 'fr'
        ? fr`${posts(n, 'fr')} de plus, ${n < 2 ? 'prévue' : 'prévues'} plus tard (la liste s’arrête au ${before}).`
        : `${posts(n, 'en')} more, planned for later (the list ends at ${before}).`,
    missedTitle: say('Other posts missed during the stop', 'Autres publications manquées pendant l’arrêt'),
    outTitle: say('Already public in the 24 hours before', 'Déjà en ligne dans les 24 heures précédentes'),
    outNone: say('The journal knows of none.', 'Le journal n’en connaît aucune.'),
    flightTitle: say('Being sent when the stop came', 'En cours d’envoi au moment de l’arrêt'),
    flightNone: say('None.', 'Aucune.'),
    unconfirmedTitle: say('Not confirmed when the stop came', 'Non confirmées au moment de l’arrêt'),
    elsewhereTitle: say(
      'Scheduled outside All Stop when the stop came',
      'Programmées hors d’All Stop au moment de l’arrêt',
    ),
    elsewhere: (state: ElsewhereState) => pick(ELSEWHERE[state], state),
    byItself: say('by the stop itself', 'par l’arrêt lui-même'),
    dealtWith: (who: string) => (language === 'fr' ? fr`réglée, selon ${who}` : `dealt with, as ${who} said`),
    elsewhereUnread: (what: string) =>
      language === 'fr'
        ? fr`Ce qui attendait là n’a pas pu être lu, ou pas tout le temps : ${what}.`
        : `What waited there could not be read, or not all of the time: ${what}.`,
    ticksTitle: say('Checked off during the stop', 'Vérifié pendant l’arrêt'),
    tool: say('Other tool', 'Autre outil'),
    plan: say('Crisis plan', 'Plan de crise'),
    undone: say('not done', 'non fait'),
    toolOn: (tool: string, account: string) =>
      language === 'fr'
        ? fr`${tool}, compte ${account} : coupé`
        : `${tool}, account ${account}: switched off`,
    toolOff: (tool: string, account: string) =>
      language === 'fr'
        ? fr`${tool}, compte ${account} : non coupé`
        : `${tool}, account ${account}: not switched off`,
    forWhom: (who: string) => (language === 'fr' ? fr`à faire par ${who}` : `to be done by ${who}`),
    time: say('Planned', 'Prévue le'),
    sentAt: say('Sent', 'Envoyée le'),
    account: say('Account', 'Compte'),
    text: say('Text', 'Texte'),
    proof: say('Scheduled before the stop', 'Programmée avant l’arrêt'),
    became: say('What became of it', 'Ce qu’elle est devenue'),
    noText: say('(no text is known)', '(aucun texte connu)'),
    media: (n: number) =>
      language === 'fr' ? `${number(n, 'fr')} ${n < 2 ? 'média' : 'médias'}` : `${number(n, 'en')} media`,
    proofLine: (seq: number) =>
      language === 'fr'
        ? `Ligne ${number(seq, 'fr')} du journal`
        : `Line ${number(seq, 'en')} of the journal`,
    byWhom: (name: string) => (language === 'fr' ? `par ${name}` : `by ${name}`),
    noProof: say(
      'No line of the journal before the stop tells it',
      'Aucune ligne du journal avant l’arrêt ne le dit',
    ),
    yes: (kind: PostYes['kind'], who: string, when: string) =>
      ({
        yes: language === 'fr' ? fr`Accord de ${who}, ${when}` : `Yes from ${who}, ${when}`,
        no: language === 'fr' ? fr`Refus de ${who}, ${when}` : `No from ${who}, ${when}`,
        without:
          language === 'fr'
            ? fr`Sans accord, décidé par ${who}, ${when}`
            : `Without a yes, decided by ${who}, ${when}`,
      })[kind],
    takenDown: say('taken down since', 'retirée depuis'),
    newTime: say('new time:', 'nouvelle heure :'),
    aboutTitle: say('About this document', 'À propos de ce document'),
    about: say(
      'It was made from the journal of All Stop alone. Each line of the journal carries the hash (SHA-256) of the line before, so that none can be changed, removed or put in later unnoticed: a post whose line stands before the line of the stop was scheduled before it. That line has the first 32 digits of the hash of its content.',
      'Il est tiré du seul journal d’All Stop. Chaque ligne du journal porte l’empreinte (SHA-256) de la ligne précédente : aucune ne peut être changée, retirée ou ajoutée après coup sans que cela se voie. Une publication dont la ligne précède celle de l’arrêt était donc programmée avant lui. Cette ligne porte les 32 premiers caractères de l’empreinte de son contenu.',
    ),
    whole: (n: number) =>
      language === 'fr'
        ? fr`Le journal est entier : ${number(n, 'fr')} ${n < 2 ? 'ligne vérifiée' : 'lignes vérifiées'}.`
        : `The journal is whole: ${number(n, 'en')} ${n === 1 ? 'line' : 'lines'} verified.`,
    broken: (line: number) =>
      language === 'fr'
        ? fr`Attention : la chaîne du journal est rompue à partir de la ligne ${number(line, 'fr')}. Ce qui suit cette ligne n’est pas prouvé.`
        : `Warning: the chain of the journal is broken from line ${number(line, 'en')} on. What stands after that line is not proven.`,
    stopLine: (seq: number) =>
      language === 'fr'
        ? fr`Ligne de l’arrêt (${number(seq, 'fr')})`
        : `Line of the stop (${number(seq, 'en')})`,
    lastLine: (seq: number) =>
      language === 'fr'
        ? fr`Dernière ligne lue (${number(seq, 'fr')})`
        : `Last line read (${number(seq, 'en')})`,
    madeAt: say('Made', 'Établi le'),
  };
}
export type ReportWords = ReturnType<typeof reportWords>;
