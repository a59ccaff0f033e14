import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserWindow, session } from 'electron';

/** A page that has not been printed by then will not be. */
const MOST_MS = 60_000;

/**
 * Prints a page that needs nothing from elsewhere, and gives the PDF: A4, page numbers at the foot. The window is never shown, runs no
 * script and reaches nothing but that page. `dir` is where the page lies meanwhile, for its owner only.
 */
export async function printPdf(html: string, dir: string): Promise<Uint8Array> {
  const path = join(dir, `report-${randomBytes(12).toString('hex')}.html`);
  const url = pathToFileURL(path).href;
  const own = session.fromPartition('report-print', { cache: false });
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isPage(details.url, dir) }));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await writeFile(path, html, { mode: 0o600, flag: 'wx' });
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    window.webContents.on('will-navigate', (event) => event.preventDefault());
    const printed = window.loadURL(url).then(() =>
      window.webContents.printToPDF({
        pageSize: 'A4',
        printBackground: true,
        preferCSSPageSize: true,
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        footerTemplate:
          '<div style="font-size:8px;color:#666;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
      }),
    );
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('printing takes too long')), MOST_MS);
    });
    return new Uint8Array(await Promise.race([printed, late]));
  } finally {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.destroy();
    await rm(path, { force: true });
  }
}

/** Several may be printed at once, in one session: each is one of these files. */
function isPage(url: string, dir: string): boolean {
  return url.startsWith(`${pathToFileURL(join(dir, 'report-')).href}`);
}
