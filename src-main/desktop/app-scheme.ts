import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { protocol, type Session } from 'electron';

/** Where the window's page lives. No other origin is ever loaded. */
export const APP_URL = 'app://main/';

const MIMES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Call once, before `ready`: afterwards Chromium no longer takes a scheme. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** The whole policy of the page. Styles of the UI kit carry the nonce of this one load. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    'media-src blob:',
    "connect-src 'none'",
    "frame-src 'none'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Paths of addresses to files: only what was in the folder at start can be asked for, by its exact name. */
function tableOfFiles(dir: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  const walk = (folder: string, path: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) walk(file, `${path}${entry.name}/`);
      else if (entry.isFile() && MIMES[extname(entry.name)] !== undefined) {
        table.set(`${path}${entry.name}`, file);
      }
    }
  };
  walk(dir, '/');
  return table;
}

/**
 * Serves `app://main/` from the files of the built renderer, with the policy on every answer. `index.html` gets a new nonce on
 * every load, in the place of the word `__NONCE__`.
 */
export function createAppScheme(deps: {
  session: Session;
  rendererDir: string;
  randomBytes: (n: number) => Uint8Array;
}) {
  let table: ReadonlyMap<string, string> = new Map();
  let isServing = false;

  function answer(request: Request): Response {
    const nonce = Buffer.from(deps.randomBytes(18)).toString('base64');
    const headers: Record<string, string> = {
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    };
    const path = pathOf(request);
    const file = path === null ? undefined : table.get(path);
    if (file === undefined) return new Response('', { status: 404, headers });
    const type = MIMES[extname(file)] ?? 'application/octet-stream';
    headers['content-type'] = type;
    const bytes = readFileSync(file);
    const isPage = extname(file) === '.html';
    return new Response(isPage ? bytes.toString('utf8').replaceAll('__NONCE__', nonce) : bytes, { headers });
  }

  return {
    /** Call after `ready`. Throws when the renderer was not built. */
    start(): void {
      if (isServing) return;
      table = tableOfFiles(deps.rendererDir);
      deps.session.protocol.handle('app', answer);
      isServing = true;
    },
    stop(): void {
      if (!isServing) return;
      isServing = false;
      deps.session.protocol.unhandle('app');
    },
  };
}

function pathOf(request: Request): string | null {
  if (request.method !== 'GET') return null;
  try {
    const url = new URL(request.url);
    if (url.host !== 'main' || url.search !== '') return null;
    return url.pathname === '/' ? '/index.html' : decodeURI(url.pathname);
  } catch {
    return null;
  }
}
