import type { Language } from '../calendar/local-time.ts';
import type { ReportModel } from './report-model.ts';
import { localTime, type ReportWords, reportWords } from './words.ts';

/** A short message to the client, ready to be pasted: plain text, the facts filled in, nothing that the journal does not tell. */
export function writeMessage(model: ReportModel, language: Language): string {
  return (language === 'fr' ? french(model) : english(model)).filter((line) => line !== null).join('\n\n');
}

const kept = ({ held, heldInAll }: ReportModel) => Math.max(heldInAll ?? 0, held.length);
/** What is or may be public of what was in flight. */
const flying = ({ inFlight }: ReportModel, kind: 'published' | 'unconfirmed') =>
  inFlight.filter(({ fate }) => fate.kind === kind && !fate.isTakenDown).length;
const unknown = ({ inFlight }: ReportModel) => inFlight.filter(({ fate }) => fate.kind === 'unknown').length;
const openOf = (model: ReportModel) =>
  flying(model, 'unconfirmed') +
  unknown(model) +
  model.unconfirmed.filter(({ fate }) => fate.kind === 'unconfirmed').length;

/** Of a stop that covers only a part of the brand, which: ' on Mastodon'; '' otherwise. */
function partOf({ stop }: ReportModel, before: string, words: ReportWords): string {
  const [, kind, value = ''] = /^(network|account):(.*)$/su.exec(stop.scope) ?? [];
  if (kind === 'network') return `${before}${words.network(value)}`;
  return kind === 'account' && stop.scopeName !== '' ? `${before}${stop.scopeName}` : '';
}

function english(model: ReportModel): (string | null)[] {
  const { brand, stop, release } = model;
  const words = reportWords('en');
  const { posts } = words;
  const at = (when: number) => localTime(when, 'en', brand.timeZone);
  const stays = model.alsoStopped.length === 0 ? '' : ' Another stop still keeps back part or all of it.';
  const [held, out, late, open] = [kept(model), model.out.length, flying(model, 'published'), openOf(model)];
  return [
    'Hello,',
    `On ${at(stop.at)} we stopped all scheduled publishing for ${brand.name}${partOf(model, ' on ', words)}${stop.reason ? ` (${stop.reason})` : ''}.`,
    model.heldInAll === null
      ? null
      : held === 0
        ? 'No post was scheduled at that time.'
        : `${posts(held)} ${held === 1 ? 'was' : 'were'} kept back; the attached document lists those due within seven days, with text, account and planned time.`,
    out === 0
      ? null
      : `${posts(out)} ${out === 1 ? 'was' : 'were'} already public in the 24 hours before; the document names ${out === 1 ? 'it' : 'them'}.`,
    late === 0
      ? null
      : `${posts(late)} ${late === 1 ? 'was' : 'were'} being sent at that moment and went out.`,
    open === 0
      ? null
      : `Of ${posts(open)} we do not know yet whether ${open === 1 ? 'it is' : 'they are'} public; we are checking.`,
    release
      ? `Publishing was allowed again on ${at(release.at)}${release.by ? ` by ${release.by}` : ''}. Nothing whose time had passed went out by itself.${stays}`
      : 'Publishing remains stopped. Nothing goes out again before you and we have decided so together.',
    'Kind regards,',
  ];
}

function french(model: ReportModel): (string | null)[] {
  const { brand, stop, release } = model;
  const words = reportWords('fr');
  const { posts } = words;
  const at = (when: number) => localTime(when, 'fr', brand.timeZone);
  const stays = model.alsoStopped.length === 0 ? '' : ' Un autre arrêt en retient encore tout ou partie.';
  const [held, out, late, open] = [kept(model), model.out.length, flying(model, 'published'), openOf(model)];
  const many = (n: number, one: string, more: string) => (n < 2 ? one : more);
  return [
    'Bonjour,',
    `Le ${at(stop.at)}, nous avons arrêté toute publication programmée pour ${brand.name}${partOf(model, ' sur ', words)}${stop.reason ? ` (${stop.reason})` : ''}.`,
    model.heldInAll === null
      ? null
      : held === 0
        ? 'Aucune publication n’était programmée à ce moment-là.'
        : `${posts(held)} ${many(held, 'a été bloquée', 'ont été bloquées')}\u202f; le document joint liste celles prévues sous sept jours, avec le texte, le compte et l’heure prévue.`,
    out === 0
      ? null
      : `${posts(out)} ${many(out, 'était déjà en ligne', 'étaient déjà en ligne')} dans les 24 heures précédentes\u202f; le document ${many(out, 'la', 'les')} cite.`,
    late === 0
      ? null
      : `${posts(late)} ${many(late, 'était en cours d’envoi et est partie', 'étaient en cours d’envoi et sont parties')}.`,
    open === 0
      ? null
      : `Nous ne savons pas encore si ${posts(open)} ${many(open, 'est', 'sont')} en ligne\u202f; nous vérifions.`,
    release
      ? `La publication a été autorisée de nouveau le ${at(release.at)}${release.by ? ` par ${release.by}` : ''}. Aucune publication dont l’heure était passée n’est partie d’elle-même.${stays}`
      : 'La publication reste arrêtée. Rien ne repartira avant que nous l’ayons décidé ensemble.',
    'Bien cordialement,',
  ];
}
