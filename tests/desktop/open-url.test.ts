import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOpenUrl, parseExternalUrl } from '../../src-main/desktop/open-url.ts';

const hostile = [
  '',
  ' https://example.org',
  'https://example.org ',
  'http://example.org',
  'HTTP://example.org',
  'file:///etc/passwd',
  'file://server/share',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  'smb://server/share',
  'ms-msdt:/id',
  'vbscript:x',
  'mailto:a@example.org',
  'tel:123',
  'app://main/',
  'chrome://settings',
  'about:blank',
  '//example.org',
  'example.org',
  'https:',
  'https://',
  'https:///',
  'https://user@example.org',
  'https://user:pass@example.org',
  'https://example.org\\@evil.org',
  'https://example.org/\u0000',
  'https://example.org/a b',
  'https://example.org/\r\nX: y',
  'https://example.org\u2028',
  'https://[::1',
  'https://example.org:99999',
  `https://example.org/${'a'.repeat(5_000)}`,
  'http://127.0.0.1/',
  'http://localhost/',
  'search-ms:query=x',
  '--help',
  '-o https://example.org',
];

test.each(hostile)('refuses %j', (text) => {
  expect(parseExternalUrl(text).ok).toBe(false);
});

test('takes what is plain https, and shows look-alike letters as what they are', () => {
  const parsed = parseExternalUrl('https://exаmple.org/path?q=1#x');
  expect(parsed.ok && parsed.value.host).toBe('xn--exmple-4nf.org');
  expect(parseExternalUrl('https://mastodon.example:8443/@zoe/1').ok).toBe(true);
});

test('takes http on a loopback address only where that is allowed', () => {
  expect(parseExternalUrl('http://127.0.0.1:4000/x', true).ok).toBe(true);
  expect(parseExternalUrl('http://[::1]:4000/x', true).ok).toBe(true);
  for (const text of [
    'http://localhost/',
    'http://127.0.0.1.evil.org/',
    'http://0.0.0.0/',
    'http://example.org/',
  ]) {
    expect(parseExternalUrl(text, true).ok).toBe(false);
  }
});

test('whatever passes is an https address without white space', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.webUrl().map((url) => url.replace(/^http:/u, 'https:')),
      ),
      (text) => {
        const parsed = parseExternalUrl(text);
        return !parsed.ok || /^https:\/\/[^\s@\\/?#]+[/?#][^\s\\]*$/u.test(parsed.value.href);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a host nobody named is asked about, a known or agreed one is not', async () => {
  const opened: string[] = [];
  const asked: string[] = [];
  const openUrl = createOpenUrl({
    openExternal: async (url) => void opened.push(url),
    isKnownHost: (host) => host === 'known.example',
    confirm: async (host) => {
      asked.push(host);
      return host === 'yes.example';
    },
    allowLoopback: false,
  });
  expect(await openUrl('https://known.example/a')).toEqual({ ok: true, value: true });
  expect(await openUrl('https://yes.example/b')).toEqual({ ok: true, value: true });
  expect(await openUrl('https://no.example/c')).toMatchObject({ ok: false, error: { code: 'url-declined' } });
  expect(await openUrl('https://agreed.example/d', true)).toEqual({ ok: true, value: true });
  expect(await openUrl('file:///etc/passwd', true)).toMatchObject({
    ok: false,
    error: { code: 'url-refused' },
  });
  expect(asked).toEqual(['yes.example', 'no.example']);
  expect(opened).toEqual(['https://known.example/a', 'https://yes.example/b', 'https://agreed.example/d']);
});

test('a system without a browser is said, not thrown', async () => {
  const openUrl = createOpenUrl({
    openExternal: async () => {
      throw new Error('no browser');
    },
    isKnownHost: () => true,
    confirm: async () => true,
    allowLoopback: false,
  });
  expect(await openUrl('https://known.example/')).toMatchObject({
    ok: false,
    error: { code: 'url-not-opened' },
  });
});
