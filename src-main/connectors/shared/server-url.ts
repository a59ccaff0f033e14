/** Whether a host is this machine: 127.0.0.0/8, ::1 or localhost. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

/** The address when it may be used: https, or http on a loopback address; no name or password in it. Null otherwise. */
export function readUrl(text: string | undefined): URL | null {
  let url: URL;
  try {
    url = new URL((text ?? '').trim());
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : null;
}

/** The same for a WebSocket: wss, or ws on a loopback address. */
export function readSocketUrl(text: string): URL | null {
  const url = readUrl(text.trim().replace(/^ws(s?):\/\//iu, 'http$1://'));
  if (url === null || !/^\s*wss?:/iu.test(text)) return null;
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

/** What a network gives as the address of a post, when it is a web address; '' otherwise. */
export function webAddress(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2_048) return '';
  return /^https?:\/\/\S+$/u.test(value) ? value : '';
}
