import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '../../src-preload/views.ts';
import { useLanguage } from '../time.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useReason } from '../ui/use-reason.ts';
import { type Sentence, sentenceOf } from './sentence.ts';

/** Says a journal line in the window's language. */
export function useSentence(desk: DeskIndex): (line: JournalLine) => Sentence {
  const { t, i18n } = useTranslation(['journal', 'common', 'drill']);
  const language = useLanguage();
  const reason = useReason();
  return useCallback(
    (line) => sentenceOf(line, { t, language, desk, reason }, (key) => i18n.exists(key)),
    [t, i18n, language, desk, reason],
  );
}
