import { adapt as enAdapt } from './en/adapt.ts';
import { aids as enAids } from './en/aids.ts';
import { calendar as enCalendar } from './en/calendar.ts';
import { common as enCommon } from './en/common.ts';
import { compose as enCompose } from './en/compose.ts';
import { desk as enDesk } from './en/desk.ts';
import { drill as enDrill } from './en/drill.ts';
import { elsewhere as enElsewhere } from './en/elsewhere.ts';
import { help as enHelp } from './en/help.ts';
import { importing as enImport } from './en/import.ts';
import { journal as enJournal } from './en/journal.ts';
import { keep as enKeep } from './en/keep.ts';
import { know as enKnow } from './en/know.ts';
import { plan as enPlan } from './en/plan.ts';
import { queue as enQueue } from './en/queue.ts';
import { refusal as enRefusal } from './en/refusal.ts';
import { report as enReport } from './en/report.ts';
import { review as enReview } from './en/review.ts';
import { settings as enSettings } from './en/settings.ts';
import { shell as enShell } from './en/shell.ts';
import { slots as enSlots } from './en/slots.ts';
import { stop as enStop } from './en/stop.ts';
import { tour as enTour } from './en/tour.ts';
import { yes as enYes } from './en/yes.ts';
import { adapt as frAdapt } from './fr/adapt.ts';
import { aids as frAids } from './fr/aids.ts';
import { calendar as frCalendar } from './fr/calendar.ts';
import { common as frCommon } from './fr/common.ts';
import { compose as frCompose } from './fr/compose.ts';
import { desk as frDesk } from './fr/desk.ts';
import { drill as frDrill } from './fr/drill.ts';
import { elsewhere as frElsewhere } from './fr/elsewhere.ts';
import { help as frHelp } from './fr/help.ts';
import { importing as frImport } from './fr/import.ts';
import { journal as frJournal } from './fr/journal.ts';
import { keep as frKeep } from './fr/keep.ts';
import { know as frKnow } from './fr/know.ts';
import { plan as frPlan } from './fr/plan.ts';
import { queue as frQueue } from './fr/queue.ts';
import { refusal as frRefusal } from './fr/refusal.ts';
import { report as frReport } from './fr/report.ts';
import { review as frReview } from './fr/review.ts';
import { settings as frSettings } from './fr/settings.ts';
import { shell as frShell } from './fr/shell.ts';
import { slots as frSlots } from './fr/slots.ts';
import { stop as frStop } from './fr/stop.ts';
import { tour as frTour } from './fr/tour.ts';
import { yes as frYes } from './fr/yes.ts';

/** One namespace per folder of the window: `useTranslation('queue')`. */
export const english = {
  common: enCommon,
  shell: enShell,
  stop: enStop,
  desk: enDesk,
  drill: enDrill,
  settings: enSettings,
  slots: enSlots,
  tour: enTour,
  queue: enQueue,
  calendar: enCalendar,
  compose: enCompose,
  adapt: enAdapt,
  aids: enAids,
  elsewhere: enElsewhere,
  help: enHelp,
  keep: enKeep,
  know: enKnow,
  plan: enPlan,
  import: enImport,
  report: enReport,
  review: enReview,
  journal: enJournal,
  yes: enYes,
  refusal: enRefusal,
} as const;

export const french = {
  common: frCommon,
  shell: frShell,
  stop: frStop,
  desk: frDesk,
  drill: frDrill,
  settings: frSettings,
  slots: frSlots,
  tour: frTour,
  queue: frQueue,
  calendar: frCalendar,
  compose: frCompose,
  adapt: frAdapt,
  aids: frAids,
  elsewhere: frElsewhere,
  help: frHelp,
  keep: frKeep,
  know: frKnow,
  plan: frPlan,
  import: frImport,
  report: frReport,
  review: frReview,
  journal: frJournal,
  yes: frYes,
  refusal: frRefusal,
} as const;
