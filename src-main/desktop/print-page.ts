import { writeFile } from 'node:fs/promises';
import { BrowserWindow, type Session, session } from 'electron';
import { guardSession } from './session-guard.ts';

/** A session of its own, in memory: nothing of the window is reachable from a page that is printed. */
const PARTITION = 'print';

/** Makes PDFs of pages that need nothing but themselves, in a hidden window without scripts and without a way out. */
export function createPdfWriter() {
  let own: Session | null = null;

  function guarded(): Session {
    if (own === null) {
      own = session.fromPartition(PARTITION);
      guardSession(own);
    }
    return own;
  }

  /** Writes the page on A4, mode 0600. Rejects with what the system says. */
  return async function writePdf(page: string, path: string): Promise<void> {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: guarded(),
        javascript: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
      },
    });
    try {
      window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
      await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(page).toString('base64')}`);
      const pdf = await window.webContents.printToPDF({
        pageSize: 'A4',
        printBackground: true,
        preferCSSPageSize: true,
      });
      await writeFile(path, pdf, { mode: 0o600 });
    } finally {
      window.destroy();
    }
  };
}
