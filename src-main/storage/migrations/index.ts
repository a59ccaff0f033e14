import { firstTables } from './0001-first-tables.ts';
import { plans } from './0002-plans.ts';
import { heldReason } from './0003-held-reason.ts';
import { notesAndLabels } from './0004-notes-and-labels.ts';
import { postByDay } from './0005-post-by-day.ts';
import { imports } from './0006-imports.ts';
import { recurrences } from './0007-recurrences.ts';
import { variants } from './0008-variants.ts';
import { savedTexts } from './0009-saved-texts.ts';
import { postingSlots } from './0010-posting-slots.ts';
import { yes } from './0011-yes.ts';
import { handles } from './0012-handles.ts';
import { draftVersions } from './0013-draft-versions.ts';
import { knownWords } from './0014-known-words.ts';
import { yesAsked } from './0015-yes-asked.ts';
import { elsewhere } from './0016-elsewhere.ts';
import { postLabels } from './0017-post-labels.ts';
import type { Migration } from './migration.ts';

/** Append only. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  plans,
  heldReason,
  notesAndLabels,
  postByDay,
  imports,
  recurrences,
  variants,
  savedTexts,
  postingSlots,
  yes,
  handles,
  draftVersions,
  knownWords,
  yesAsked,
  elsewhere,
  postLabels,
];
