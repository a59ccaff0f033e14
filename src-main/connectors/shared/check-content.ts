import type { Limits, Problem } from '../../core/connector.ts';
import type { Content, Media } from '../../core/post.ts';
import { countBytes, countText } from './count-text.ts';
import { partLength, partTexts } from './part-texts.ts';
import { PLAIN } from './plain-limits.ts';

/**
 * What keeps this content from being published within these limits ('error'), and what a person should know ('warning').
 * Pure; asked by the window, by the import and by every connector before its first request.
 */
export function checkContent(content: Content, limits: Limits): readonly Problem[] {
  const texts = partTexts(content, limits);
  return [
    ...(texts.length > 1 && !limits.threads ? [noThreads] : []),
    ...(texts.length === 0 ? [textEmpty('', '')] : []),
    ...texts.flatMap((text, index) => checkText(text, index, texts.length, content, limits)),
    ...checkMediaCount(content.media.length, limits),
    // Where there is no place for any, what each of them is does not matter.
    ...(limits.mediaCount === 0 ? [] : content.media.flatMap((media) => checkMedia(media, limits))),
    ...limits.further(content),
  ];
}

/** The first error in English, for a refusal before any request; null when the content fits. */
export function firstError(content: Content, limits: Limits): string | null {
  return checkContent(content, limits).find((problem) => problem.level === 'error')?.message.en ?? null;
}

const noThreads: Problem = {
  code: 'no-threads',
  level: 'error',
  message: {
    en: 'This network has no threads: write it in one part.',
    fr: 'Ce réseau n’a pas de fils : écrivez en une seule partie.',
  },
};

const noMedia: Problem = {
  code: 'too-many-media',
  level: 'error',
  message: {
    en: 'This network takes no pictures or films: put them on the web and give their address.',
    fr: 'Ce réseau ne prend ni images ni vidéos : mettez-les sur le web et donnez leur adresse.',
  },
};

function textEmpty(en: string, fr: string): Problem {
  return {
    code: 'text-empty',
    level: 'error',
    message: { en: `There is no text${en}.`, fr: `Il n’y a pas de texte${fr}.` },
  };
}

function checkText(
  text: string,
  index: number,
  parts: number,
  content: Content,
  limits: Limits,
): readonly Problem[] {
  const en = parts > 1 ? ` in part ${index + 1}` : '';
  const fr = parts > 1 ? ` dans la partie ${index + 1}` : '';
  const speaksOtherwise = index === 0 && (content.media.length > 0 || content.link !== '');
  if (text.trim() === '') return speaksOtherwise ? [] : [textEmpty(en, fr)];
  const problems: Problem[] = [];
  const sent = limits.written(text);
  const most = partLength(content, index, limits);
  const length = limits.urlLength === null && sent.length <= most ? 0 : countText(text, limits);
  if (length > most) {
    const isCaption = most !== limits.textLength;
    problems.push({
      code: 'text-too-long',
      level: 'error',
      message: {
        en: `The text is ${length} characters long${en}; ${most} are allowed${isCaption ? ' beside media' : ''}.`,
        fr: `Le texte compte ${length} caractères${fr} ; ${most} sont permis${isCaption ? ' à côté d’un média' : ''}.`,
      },
    });
  }
  if (limits.textBytes !== null && sent.length * 3 > limits.textBytes) {
    const bytes = countBytes(sent);
    if (bytes > limits.textBytes) {
      problems.push({
        code: 'text-too-long',
        level: 'error',
        message: {
          en: `The text takes ${bytes} bytes${en}; ${limits.textBytes} are allowed.`,
          fr: `Le texte occupe ${bytes} octets${fr} ; ${limits.textBytes} sont permis.`,
        },
      });
    }
  }
  return problems;
}

function checkMediaCount(count: number, limits: Limits): readonly Problem[] {
  if (count <= limits.mediaCount) return [];
  if (limits.mediaCount === 0) return [noMedia];
  return [
    {
      code: 'too-many-media',
      level: 'error',
      message: {
        en: `There are ${count} media; ${limits.mediaCount} are allowed.`,
        fr: `Il y a ${count} médias ; ${limits.mediaCount} sont permis.`,
      },
    },
  ];
}

function checkMedia(media: Media, limits: Limits): readonly Problem[] {
  const problems: Problem[] = [];
  const { name } = media;
  if (!limits.mediaMimes.includes(media.mime)) {
    problems.push({
      code: 'media-type',
      level: 'error',
      message: {
        en: `${name}: this network does not take ${media.mime}.`,
        fr: `${name} : ce réseau n’accepte pas ${media.mime}.`,
      },
    });
  }
  if (media.bytes > limits.mediaBytes) {
    problems.push({
      code: 'media-too-big',
      level: 'error',
      message: {
        en: `${name} is ${megabytes(media.bytes)} MB; ${megabytes(limits.mediaBytes)} MB are allowed.`,
        fr: `${name} pèse ${megabytes(media.bytes).replace('.', ',')} Mo ; ${megabytes(limits.mediaBytes).replace('.', ',')} Mo sont permis.`,
      },
    });
  }
  return [...problems, ...checkAltText(media, limits)];
}

function checkAltText({ altText, name }: Media, limits: Limits): readonly Problem[] {
  const isMissing = altText.trim() === '';
  if (limits.altTextLength === 0) return isMissing ? [] : [altUnseen(name)];
  const problems: Problem[] = [];
  if (isMissing) {
    problems.push({
      code: 'alt-missing',
      level: 'warning',
      message: {
        en: `${name} has no description for people who cannot see it.`,
        fr: `${name} n’a pas de description pour les personnes qui ne peuvent pas le voir.`,
      },
    });
  } else if (altText.length > limits.altTextLength) {
    const length = countText(altText, { ...PLAIN, counting: limits.counting, urlLength: null });
    if (length > limits.altTextLength) {
      problems.push({
        code: 'alt-too-long',
        level: 'error',
        message: {
          en: `The description of ${name} is ${length} characters long; ${limits.altTextLength} are allowed.`,
          fr: `La description de ${name} compte ${length} caractères ; ${limits.altTextLength} sont permis.`,
        },
      });
    }
  }
  return problems;
}

function altUnseen(name: string): Problem {
  return {
    code: 'alt-unseen',
    level: 'warning',
    message: {
      en: `This network has no place for descriptions: that of ${name} is not sent.`,
      fr: `Ce réseau n’a pas de place pour les descriptions : celle de ${name} n’est pas envoyée.`,
    },
  };
}

/** Rounded up at the second decimal, so that what is too big never reads as what is allowed. */
function megabytes(bytes: number): string {
  return (Math.ceil(bytes / 10_000) / 100).toString();
}
