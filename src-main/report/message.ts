import type { Language } from '../calendar/local-time.ts';
import type { ReportModel } from './report-model.ts';
import { standing } from './standing.ts';
import { localTime, type ReportWords, reportWords } from './words.ts';

/** A short message to the client, ready to be pasted: plain text, the facts filled in, nothing that the journal does not tell. */
export function writeMessage(model: ReportModel, language: Language): string {
  return (language === 'fr' ? french(model) : english(model)).filter((line) => line !== null).join('\n\n');
}

/** What went out while it was stopped was not kept back, whatever list it is in. */
const kept = ({ keptInAll, wentOut }: ReportModel) =>
  keptInAll === null ? null : Math.max(0, keptInAll - wentOut.keptWhileStopped);
/** What is or may be public of what was in flight. */
const flying = ({ inFlight }: ReportModel, kind: 'published' | 'unconfirmed') =>
  inFlight.filter(({ fate }) => fate.kind === kind && !fate.isTakenDown).length;
const unknown = ({ inFlight }: ReportModel) => inFlight.filter(({ fate }) => fate.kind === 'unknown').length;
const openOf = (model: ReportModel) =>
  flying(model, 'unconfirmed') +
  unknown(model) +
  model.wentOut.unsettled +
  model.unconfirmed.filter(({ fate }) => fate.kind === 'unconfirmed').length;

/** Only then may it be said without reserve that nothing went out by itself. */
const isSure = ({ stop, chain, wentOut, keptInAll, isInventoryWhole }: ReportModel) =>
  stop.confirmedAt !== null &&
  chain.isWhole &&
  keptInAll !== null &&
  isInventoryWhole &&
  wentOut.unsettled === 0 &&
  wentOut.untold === 0;

/** Of a stop that covers only a part of the brand, which: ' on Mastodon'; '' otherwise. */
function partOf({ stop }: ReportModel, before: string, words: ReportWords): string {
  const [, kind, value = ''] = /^(network|account):(.*)$/su.exec(stop.scope) ?? [];
  if (kind === 'network') return `${before}${words.network(value)}`;
  return kind === 'account' && stop.scopeName !== '' ? `${before}${stop.scopeName}` : '';
}

/** By the app, as a precaution: nobody pressed anything, and the reason it gives is for the agency. */
const isByItself = ({ stop }: ReportModel) => stop.control === 'trip' || stop.control === 'start';

/** Of what was found waiting elsewhere: what was cancelled there, and what may still go out, or be out, as far as anybody has said. */
function elsewhereOf({ elsewhere }: ReportModel): { canceled: number; open: number } {
  const over = ({ state }: ReportModel['elsewhere'][number]) => state === 'canceled' || state === 'gone';
  return {
    canceled: elsewhere.filter(({ state }) => state === 'canceled').length,
    open: elsewhere.filter((post) => !over(post) && post.tickedBy === '').length,
  };
}

const toolsDone = ({ ticks }: ReportModel) =>
  ticks.filter(({ kind, isDone }) => kind === 'tool' && isDone).length;

function english(model: ReportModel): (string | null)[] {
  const { brand, stop, release, chain, wentOut } = model;
  const words = reportWords('en');
  const { posts } = words;
  const were = (n: number, one = 'was', more = 'were') => (n === 1 ? one : more);
  const at = (when: number) => localTime(when, 'en', brand.timeZone);
  const part = partOf(model, ' on ', words);
  const reason = stop.reason && !isByItself(model) ? ` (${stop.reason})` : '';
  const [held, out, late, open] = [kept(model), model.out.length, flying(model, 'published'), openOf(model)];
  const elsewhere = elsewhereOf(model);
  const list = model.isInventoryWhole
    ? 'lists those due within seven days, with text, account and planned time'
    : 'lists those that the journal names so far';
  return [
    'Hello,',
    stop.confirmedAt !== null
      ? `On ${at(stop.at)} ${isByItself(model) ? 'our publishing tool, as a precaution,' : 'we'} stopped everything scheduled in ${isByItself(model) ? 'it' : 'our publishing tool'} for ${brand.name}${part}${reason}.`
      : `On ${at(stop.at)} we asked for everything scheduled in our publishing tool for ${brand.name}${part} to be stopped${reason}. ${
          stop.notConfirmedAt === null
            ? 'The stop is not confirmed.'
            : 'The stop could not be confirmed: posts may have gone out after it.'
        }`,
    chain.isWhole
      ? null
      : `Please note: the journal from which this is told is broken from line ${words.number(chain.brokenAt ?? 0)} on; what it says after that line is not proven.`,
    held === null
      ? 'How many posts were kept back is not known yet.'
      : held > 0
        ? `${posts(held)} ${were(held)} kept back; the attached document ${list}.`
        : model.keptInAll === 0 && model.isInventoryWhole
          ? 'No post was scheduled at that time.'
          : null,
    `What was planned in other tools or on the networks themselves is not stopped by it${toolsDone(model) > 0 ? '; the document names what we switched off there by hand' : ''}.`,
    elsewhere.canceled === 0
      ? null
      : `${posts(elsewhere.canceled)} found waiting there ${were(elsewhere.canceled)} cancelled there.`,
    elsewhere.open === 0
      ? null
      : `${posts(elsewhere.open)} found waiting there may still go out, or be public already; the document names ${were(elsewhere.open, 'it', 'them')}.`,
    out === 0
      ? null
      : `${posts(out)} ${were(out)} already public in the 24 hours before; the document names ${were(out, 'it', 'them')}.`,
    late === 0 ? null : `${posts(late)} ${were(late)} being sent at that moment and went out.`,
    wentOut.whileStopped === 0
      ? null
      : `${posts(wentOut.whileStopped)} went out after the stop was asked for${release ? ' and before it was released' : ', although it was not released'}.`,
    open === 0
      ? null
      : `Of ${posts(open)} we do not know yet whether ${were(open, 'it is', 'they are')} public; we are checking.`,
    wentOut.untold === 0
      ? null
      : `Of ${posts(wentOut.untold)} whose time may have passed during the stop, the journal does not tell enough.`,
    release
      ? [
          `Publishing${part} was allowed again on ${at(release.at)}${release.by ? ` by ${release.by}` : ''}.`,
          wentOut.overdue > 0
            ? `${posts(wentOut.overdue)} whose time had passed went out after that.`
            : wentOut.whileStopped > 0
              ? ''
              : isSure(model)
                ? 'Nothing whose time had passed went out by itself.'
                : 'The journal names nothing whose time had passed and that went out by itself.',
          model.alsoStopped.length === 0 ? '' : 'Another stop still keeps back part or all of it.',
        ]
          .filter((sentence) => sentence !== '')
          .join(' ')
      : {
          stopped: `Publishing${part} remains stopped. We would like to decide with you when it begins again.`,
          asked: 'The stop has not been released.',
          left: `${brand.name} has left the market that was stopped: this stop no longer covers it.`,
          unsure: `${brand.name} was changed after the stop; the journal does not tell whether the stop still covers it.`,
        }[standing(model)],
    'Kind regards,',
  ];
}

function french(model: ReportModel): (string | null)[] {
  const { brand, stop, release, chain, wentOut } = model;
  const words = reportWords('fr');
  const { posts } = words;
  const many = (n: number, one: string, more: string) => (n < 2 ? one : more);
  const at = (when: number) => localTime(when, 'fr', brand.timeZone);
  const part = partOf(model, ' sur ', words);
  const reason = stop.reason && !isByItself(model) ? ` (${stop.reason})` : '';
  const [held, out, late, open] = [kept(model), model.out.length, flying(model, 'published'), openOf(model)];
  const elsewhere = elsewhereOf(model);
  const list = model.isInventoryWhole
    ? 'liste celles prévues sous sept jours, avec le texte, le compte et l’heure prévue'
    : 'liste celles que le journal cite jusqu’ici';
  const gone = (n: number) => `${posts(n)} ${many(n, 'est partie', 'sont parties')}`;
  return [
    'Bonjour,',
    stop.confirmedAt !== null
      ? `Le ${at(stop.at)}, ${isByItself(model) ? 'notre outil de publication a arrêté par précaution tout ce qui y' : 'nous avons arrêté tout ce qui'} était programmé${isByItself(model) ? '' : ' dans notre outil de publication'} pour ${brand.name}${part}${reason}.`
      : `Le ${at(stop.at)}, nous avons demandé l’arrêt de tout ce qui était programmé dans notre outil de publication pour ${brand.name}${part}${reason}. ${
          stop.notConfirmedAt === null
            ? 'Cet arrêt n’est pas confirmé.'
            : 'Cet arrêt n’a pas pu être confirmé\u00a0: des publications ont pu partir après lui.'
        }`,
    chain.isWhole
      ? null
      : `À noter\u00a0: le journal dont ceci est tiré est rompu à partir de la ligne ${words.number(chain.brokenAt ?? 0)}\u202f; ce qu’il dit après cette ligne n’est pas prouvé.`,
    held === null
      ? 'Le nombre de publications bloquées n’est pas encore connu.'
      : held > 0
        ? `${posts(held)} ${many(held, 'a été bloquée', 'ont été bloquées')}\u202f; le document joint ${list}.`
        : model.keptInAll === 0 && model.isInventoryWhole
          ? 'Aucune publication n’était programmée à ce moment-là.'
          : null,
    `Ce qui était prévu dans d’autres outils ou sur les réseaux eux-mêmes n’est pas arrêté par cet outil${toolsDone(model) > 0 ? '\u202f; le document cite ce que nous y avons coupé à la main' : ''}.`,
    elsewhere.canceled === 0
      ? null
      : `${posts(elsewhere.canceled)} ${elsewhere.canceled < 2 ? 'trouvée là a été annulée' : 'trouvées là ont été annulées'} sur place.`,
    elsewhere.open === 0
      ? null
      : `${posts(elsewhere.open)} ${elsewhere.open < 2 ? 'trouvée là peut encore paraître, ou est peut-être parue\u202f; le document la cite' : 'trouvées là peuvent encore paraître, ou sont peut-être parues\u202f; le document les cite'}.`,
    out === 0
      ? null
      : `${posts(out)} ${many(out, 'était déjà en ligne', 'étaient déjà en ligne')} dans les 24 heures précédentes\u202f; le document ${many(out, 'la', 'les')} cite.`,
    late === 0
      ? null
      : `${posts(late)} ${many(late, 'était en cours d’envoi et est partie', 'étaient en cours d’envoi et sont parties')}.`,
    wentOut.whileStopped === 0
      ? null
      : `${gone(wentOut.whileStopped)} après la demande d’arrêt${release ? ' et avant sa levée' : ', alors que celui-ci n’était pas levé'}.`,
    open === 0
      ? null
      : `Nous ne savons pas encore si ${posts(open)} ${many(open, 'est', 'sont')} en ligne\u202f; nous vérifions.`,
    wentOut.untold === 0
      ? null
      : `Le journal n’en dit pas assez sur ${posts(wentOut.untold)} dont l’heure est peut-être passée pendant l’arrêt.`,
    release
      ? [
          `La publication${part} a été autorisée de nouveau le ${at(release.at)}${release.by ? ` par ${release.by}` : ''}.`,
          wentOut.overdue > 0
            ? `Ensuite, ${gone(wentOut.overdue)} alors que ${many(wentOut.overdue, 'son', 'leur')} heure était passée.`
            : wentOut.whileStopped > 0
              ? ''
              : isSure(model)
                ? 'Aucune publication dont l’heure était passée n’est partie d’elle-même.'
                : 'Le journal ne cite aucune publication dont l’heure était passée et qui soit partie d’elle-même.',
          model.alsoStopped.length === 0 ? '' : 'Un autre arrêt en bloque encore tout ou partie.',
        ]
          .filter((sentence) => sentence !== '')
          .join(' ')
      : {
          stopped: `La publication${part} reste arrêtée. Nous souhaitons décider avec vous du moment où elle reprendra.`,
          asked: 'L’arrêt n’a pas été levé.',
          left: `${brand.name} a quitté le marché arrêté\u00a0: cet arrêt ne couvre plus la marque.`,
          unsure: `${brand.name} a été modifiée après l’arrêt\u202f; le journal ne dit pas si l’arrêt la couvre encore.`,
        }[standing(model)],
    'Bien cordialement,',
  ];
}
