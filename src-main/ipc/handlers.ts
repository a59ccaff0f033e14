import { createAccountHandlers } from './account-handlers.ts';
import { createAccountsHandlers } from './accounts-handlers.ts';
import { createAidHandlers } from './aid-handlers.ts';
import { createBackupHandlers } from './backup-handlers.ts';
import { createBulkHandlers } from './bulk-handlers.ts';
import { createCalendarFiles } from './calendar-files.ts';
import { createCalendarHandlers } from './calendar-handlers.ts';
import { createChosenFiles } from './chosen-files.ts';
import type { Desk } from './desk.ts';
import { createDeskHandlers } from './desk-handlers.ts';
import { createDraftHandlers } from './draft-handlers.ts';
import { createDrillHandlers } from './drill-handlers.ts';
import { createElsewhereHandlers } from './elsewhere-handlers.ts';
import { createFileHandlers } from './file-handlers.ts';
import { createFolderHandlers } from './folder-handlers.ts';
import { createImportHandlers } from './import-handlers.ts';
import { createKnowHandlers } from './know-handlers.ts';
import { createLongWork } from './long-work.ts';
import { createMentionHandlers } from './mention-handlers.ts';
import { createPlanHandlers } from './plan-handlers.ts';
import { createPostHandlers } from './post-handlers.ts';
import { createPublishingHandlers } from './publishing-handlers.ts';
import { createRecurrenceHandlers } from './recurrence-handlers.ts';
import { createReportHandlers } from './report-handlers.ts';
import { createSchedulerHandlers } from './scheduler-handlers.ts';
import type { Handlers } from './serve.ts';
import { createSettingsHandlers } from './settings-handlers.ts';
import { createSlotHandlers } from './slot-handlers.ts';
import { createWindowKeyHandlers } from './window-key-handlers.ts';
import { createYesAnswers } from './yes-answers.ts';
import { createYesHandlers } from './yes-handlers.ts';
import { createYesPages } from './yes-pages.ts';

/** One handler for every channel of the contract: a channel without one does not compile. */
export function createHandlers(desk: Desk): Handlers {
  const chosen = createChosenFiles({
    dataDir: desk.dataDir,
    language: desk.language,
    monotonic: desk.clock.monotonic,
    randomBytes: desk.randomBytes,
  });
  const work = createLongWork(desk);
  return {
    ...createPublishingHandlers(desk),
    ...createDeskHandlers(desk),
    ...createAccountHandlers(desk),
    ...createAccountsHandlers(desk),
    ...createRecurrenceHandlers(desk),
    ...createSlotHandlers(desk),
    ...createPlanHandlers(desk),
    ...createPostHandlers(desk),
    ...createBulkHandlers(desk),
    ...createYesHandlers(desk),
    ...createYesPages(desk),
    ...createYesAnswers(desk),
    ...createCalendarHandlers(desk),
    ...createCalendarFiles(desk),
    ...createDraftHandlers(desk),
    ...createDrillHandlers(desk),
    ...createFileHandlers(desk, chosen, work),
    ...createImportHandlers(desk, chosen, work),
    ...createReportHandlers(desk),
    ...createSettingsHandlers(desk),
    ...createWindowKeyHandlers(desk),
    ...createBackupHandlers(desk),
    ...createKnowHandlers(desk),
    ...createAidHandlers(desk),
    ...createMentionHandlers(desk),
    ...createFolderHandlers(desk),
    ...createElsewhereHandlers(desk),
    ...createSchedulerHandlers(desk),
  };
}
