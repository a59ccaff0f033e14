import { type BrowserWindow, dialog } from 'electron';
import type { Words } from './words.ts';

/**
 * The system's own dialogs, none of which blocks main: the stop's key must go on working behind every one of them. Never the
 * `…Sync` forms here.
 */
export function createDialogs(deps: { words: () => Words }) {
  return {
    /** About a page that hangs, died or did not load. The stop is offered here too. Ended by `signal` it answers 'wait'. */
    async askAboutTrouble(message: string, signal?: AbortSignal): Promise<'reload' | 'wait' | 'stop'> {
      const words = deps.words();
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        title: 'All Stop',
        message,
        detail: words.windowTroubleDetail,
        buttons: [words.reload, words.wait, words.emergencyStop],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
        ...(signal === undefined ? {} : { signal }),
      });
      return (['reload', 'wait', 'stop'] as const)[response] ?? 'wait';
    },

    async askToQuit(window: BrowserWindow | null, scheduled: number): Promise<boolean> {
      const words = deps.words();
      const question = {
        type: 'question' as const,
        title: 'All Stop',
        message: words.quitQuestion,
        detail: words.quitDetail(scheduled),
        buttons: [words.keepRunning, words.quit],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      };
      const { response } = await (window === null
        ? dialog.showMessageBox(question)
        : dialog.showMessageBox(window, question));
      return response === 1;
    },

    /** `host` is shown as it will be asked for: in ASCII, so that no look-alike letter hides in it. */
    async askToOpen(window: BrowserWindow | null, host: string): Promise<boolean> {
      const words = deps.words();
      const question = {
        type: 'question' as const,
        title: 'All Stop',
        message: words.openLinkQuestion(host),
        buttons: [words.cancel, words.openLink],
        defaultId: 1,
        cancelId: 0,
        noLink: true,
      };
      const { response } = await (window === null
        ? dialog.showMessageBox(question)
        : dialog.showMessageBox(window, question));
      return response === 1;
    },

    async tellStopByHand(permitPath: string): Promise<void> {
      const words = deps.words();
      await dialog.showMessageBox({
        type: 'info',
        title: 'All Stop',
        message: words.stopByHandTitle,
        detail: words.stopByHandDetail(permitPath),
      });
    },

    /** Asks where to write a PDF. Null when dismissed. */
    async choosePdf(window: BrowserWindow | null, suggested: string): Promise<string | null> {
      const words = deps.words();
      const options = {
        title: words.savePdf,
        filters: [{ name: words.pdfFiles, extensions: ['pdf'] }],
        defaultPath: suggested,
      };
      const { canceled, filePath } = await (window === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(window, options));
      return canceled || filePath === undefined || filePath === '' ? null : filePath;
    },

    /** Asks for a folder, or for a new one. Null when dismissed. */
    async chooseFolder(window: BrowserWindow | null): Promise<string | null> {
      const options = {
        title: deps.words().chooseFolder,
        properties: ['openDirectory' as const, 'createDirectory' as const],
      };
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      return canceled ? null : (filePaths[0] ?? null);
    },

    /** Asks where to save a report. Null when dismissed. */
    chooseReport: (window: BrowserWindow | null, format: 'html' | 'pdf', suggested: string) =>
      chooseSave(window, deps.words().saveReport, format, suggested),

    /** Asks where to save what the calendar shows. Null when dismissed. */
    chooseCalendar: (window: BrowserWindow | null, format: 'ics' | 'csv' | 'pdf', suggested: string) =>
      chooseSave(window, deps.words().file.export, format, suggested),

    /** Asks for a CSV file, or for where to write one. `suggested`: a file name for the export. Null when dismissed. */
    async chooseFile(
      window: BrowserWindow | null,
      purpose: 'calendar' | 'accounts' | 'export',
      suggested: string,
    ): Promise<string | null> {
      const words = deps.words();
      const filters = [{ name: words.csvFiles, extensions: ['csv'] }];
      const title = words.file[purpose];
      if (purpose === 'export') {
        const options = { title, filters, defaultPath: suggested };
        const { canceled, filePath } = await (window === null
          ? dialog.showSaveDialog(options)
          : dialog.showSaveDialog(window, options));
        return canceled || filePath === undefined || filePath === '' ? null : filePath;
      }
      const options = { title, filters, properties: ['openFile' as const] };
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}

export type Dialogs = ReturnType<typeof createDialogs>;

async function chooseSave(
  window: BrowserWindow | null,
  title: string,
  format: string,
  suggested: string,
): Promise<string | null> {
  const options = {
    title,
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
    defaultPath: suggested,
  };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === undefined || filePath === '' ? null : filePath;
}
