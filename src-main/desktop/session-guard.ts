import type { App, Session, WebContents } from 'electron';
import { APP_URL } from './app-scheme.ts';

/**
 * Puts every page into Chromium's sandbox. Call before `ready`. Where the system cannot have one (root in a container starts the app
 * with `--no-sandbox`) forcing it would leave no process alive.
 * @returns whether there is a sandbox.
 */
export function enableSandbox(app: Pick<App, 'enableSandbox' | 'commandLine'>): boolean {
  if (app.commandLine.hasSwitch('no-sandbox')) return false;
  app.enableSandbox();
  return true;
}

/** A copy button writes plain text to the clipboard; reading it is another permission, and refused. */
const MAY_COPY = 'clipboard-sanitized-write';

/**
 * Takes from every page of this session what a page could ask of the system or the network: permissions but that of copying (Electron grants all of
 * them by itself), devices, screens, downloads, and every address but our own.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === MAY_COPY));
  session.setPermissionCheckHandler((_contents, permission) => permission === MAY_COPY);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwnAddress(details.url) });
  });
}

function isOwnAddress(url: string): boolean {
  return (
    url.startsWith(APP_URL) ||
    url.startsWith(`blob:${APP_URL}`) ||
    url.startsWith('data:') ||
    url.startsWith('devtools:')
  );
}

const withoutHash = (url: string) => url.replace(/#.*$/su, '');

/**
 * Keeps a page where it is: no navigation but loading itself anew, no redirect, no new window, no webview. A link to the web goes to `onLink`, which
 * decides by itself whether the system browser opens it.
 */
export function guardContents(contents: WebContents, onLink: (url: string) => void): void {
  const stay = (event: { preventDefault: () => void }) => event.preventDefault();
  const stayOrReload = (event: { preventDefault: () => void; url: string; isMainFrame: boolean }) => {
    const isReload = event.isMainFrame && withoutHash(event.url) === withoutHash(contents.getURL());
    if (!isReload || !event.url.startsWith(APP_URL)) event.preventDefault();
  };
  contents.on('will-navigate', stayOrReload);
  contents.on('will-frame-navigate', stayOrReload);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', stay);
  contents.setWindowOpenHandler(({ url }) => {
    // Not from within Chromium's own callback.
    setImmediate(() => onLink(url));
    return { action: 'deny' };
  });
}
