import { ok, type Result, refuse } from '../core/result.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]']);

/**
 * Reads an address meant for the system browser. Only https, without credentials, white space or control characters;
 * http only on a loopback address and only when that is allowed. Programs started by other schemes have no business here.
 */
export function parseExternalUrl(text: string, allowLoopback = false): Result<URL> {
  const no = () => refuse('url-refused', 'This address cannot be opened: only https is allowed.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (text.length > 4_096 || /[\u0000-\u0020\u007f-\u009f\\\u2028\u2029]/u.test(text)) return no();
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return no();
  }
  const isPlainLoopback = allowLoopback && url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (url.protocol !== 'https:' && !isPlainLoopback) return no();
  if (url.hostname === '' || url.username !== '' || url.password !== '') return no();
  return ok(url);
}

/** Opens addresses in the system browser. A host nobody named before is asked about, with the host in full. */
export function createOpenUrl(deps: {
  openExternal: (url: string) => Promise<void>;
  /** Hosts of the person's own accounts and of networks we know. */
  isKnownHost: (host: string) => boolean;
  /** Asks the person; must not block the main process. */
  confirm: (host: string) => Promise<boolean>;
  allowLoopback: boolean;
}) {
  /** `asked`: the person has just named or agreed to this host. Refuses 'url-refused', 'url-declined', 'url-not-opened'. */
  return async function openUrl(text: string, asked = false): Promise<Result<true>> {
    const parsed = parseExternalUrl(text, deps.allowLoopback);
    if (!parsed.ok) return parsed;
    const { host, href } = parsed.value;
    if (!asked && !deps.isKnownHost(host) && !(await deps.confirm(host))) {
      return refuse('url-declined', 'The address was not opened.');
    }
    try {
      await deps.openExternal(href);
      return ok(true);
    } catch {
      return refuse('url-not-opened', 'The system has no browser that could be opened.');
    }
  };
}
