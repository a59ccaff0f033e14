import type { Limits } from '../../core/connector.ts';
import { record } from '../shared/answer.ts';
import { PLAIN } from '../shared/plain-limits.ts';

type Settings = Readonly<Record<string, string>>;

/** Mastodon's own, as its servers report them; others report theirs. */
export const defaultLimits: Limits = {
  ...PLAIN,
  counting: 'grapheme',
  textLength: 500,
  textBytes: null,
  urlLength: 23,
  mediaCount: 4,
  mediaBytes: 16_777_216,
  mediaMimes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  altTextLength: 1_500,
  threads: true,
};

/** Limits as `settingsFrom` kept them; whatever is missing or no sensible number is Mastodon's own. */
export function limitsFrom(settings: Settings): Limits {
  const mimes = (settings.mediaMimes ?? '').split(',').filter((mime) => mime !== '');
  return {
    ...defaultLimits,
    textLength: number(settings.textLength) ?? defaultLimits.textLength,
    urlLength: number(settings.urlLength) ?? defaultLimits.urlLength,
    mediaCount: number(settings.mediaCount) ?? defaultLimits.mediaCount,
    mediaBytes: number(settings.mediaBytes) ?? defaultLimits.mediaBytes,
    mediaMimes: mimes.length > 0 ? mimes : defaultLimits.mediaMimes,
    altTextLength: number(settings.altTextLength) ?? defaultLimits.altTextLength,
  };
}

/**
 * What `/api/v2/instance` (or v1, which says the same in the same place) tells of limits, as settings. Only pictures: films have
 * limits of their own and were not tried.
 */
export function settingsFrom(instance: unknown): Settings {
  const { statuses, media_attachments } = record(record(instance).configuration);
  const text = record(statuses);
  const media = record(media_attachments);
  const mimes = Array.isArray(media.supported_mime_types) ? media.supported_mime_types : [];
  const told: Record<string, unknown> = {
    textLength: text.max_characters,
    urlLength: text.characters_reserved_per_url,
    mediaCount: text.max_media_attachments,
    mediaBytes: media.image_size_limit,
    altTextLength: media.description_limit,
  };
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(told)) {
    if (number(value) !== null) settings[key] = String(value);
  }
  const images = mimes.filter((mime) => typeof mime === 'string' && /^image\/[a-z0-9.+-]+$/u.test(mime));
  if (images.length > 0) settings.mediaMimes = images.join(',');
  return settings;
}

function number(value: unknown): number | null {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isSafeInteger(read) && read > 0 ? read : null;
}
