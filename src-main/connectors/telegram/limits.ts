import type { Limits, Problem } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';
import { PLAIN } from '../shared/plain-limits.ts';

const PHOTO_BYTES = 10_000_000;
const FILE_BYTES = 50_000_000;

/**
 * From the Bot API's descriptions of sendMessage, sendPhoto, sendVideo, sendAnimation and sendMediaGroup. Nothing is marked up: without a
 * parse mode a text appears as it was written, and its signs count as UTF-16.
 */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'utf16',
  textLength: 4_096,
  captionLength: 1_024,
  textBytes: null,
  urlLength: null,
  mediaCount: 10,
  mediaBytes: FILE_BYTES,
  mediaMimes: ['image/jpeg', 'image/png', 'image/gif', 'video/mp4'],
  altTextLength: 0,
  threads: true,
  further: ({ media }) => [...media.flatMap(tooBigPhoto), ...gifAmongOthers(media), ...tooMuch(media)],
};

type Media = Content['media'];

function tooBigPhoto({ mime, bytes, name }: Media[number]): readonly Problem[] {
  if (!['image/jpeg', 'image/png'].includes(mime) || bytes <= PHOTO_BYTES || bytes > FILE_BYTES) return [];
  return [
    {
      code: 'media-too-big',
      level: 'error',
      message: {
        en: `${name} is larger than 10 MB, the most Telegram takes as a photo.`,
        fr: `${name} dépasse 10 Mo, le maximum que Telegram prend comme photo.`,
      },
    },
  ];
}

/** What moves by itself cannot be part of an album. */
function gifAmongOthers(media: Media): readonly Problem[] {
  const gif = media.find(({ mime }) => mime === 'image/gif');
  if (!gif || media.length === 1) return [];
  return [
    {
      code: 'other',
      level: 'error',
      message: {
        en: `${gif.name} can only go out alone: Telegram takes no GIF among other media.`,
        fr: `${gif.name} ne peut partir que seul : Telegram ne prend pas de GIF parmi d’autres médias.`,
      },
    },
  ];
}

function tooMuch(media: Media): readonly Problem[] {
  const bytes = media.reduce((sum, one) => sum + one.bytes, 0);
  if (media.length < 2 || bytes <= FILE_BYTES) return [];
  return [
    {
      code: 'media-too-big',
      level: 'error',
      message: {
        en: 'Together the media are larger than 50 MB, the most Telegram takes at once.',
        fr: 'Ensemble, les médias dépassent 50 Mo, le maximum que Telegram prend en une fois.',
      },
    },
  ];
}
