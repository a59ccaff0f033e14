import type { Words } from './words.ts';
import { ENGLISH } from './words-en.ts';
import { FRENCH } from './words-fr.ts';

/** 'fr-CA' is French, 'en-US' English, anything else is not ours to say. */
export function languageOf(tag: string): 'en' | 'fr' | null {
  const first = tag.toLowerCase().split(/[-_.]/u)[0];
  return first === 'fr' || first === 'en' ? first : null;
}

/** One run's wish, then the setting, then what the system speaks, then English. */
export function chooseLanguage(
  oneRun: 'en' | 'fr' | null,
  setting: 'system' | 'en' | 'fr',
  systemTag: string,
): 'en' | 'fr' {
  if (oneRun !== null) return oneRun;
  return setting === 'system' ? (languageOf(systemTag) ?? 'en') : setting;
}

export function wordsFor(language: 'en' | 'fr'): Words {
  return language === 'fr' ? FRENCH : ENGLISH;
}
