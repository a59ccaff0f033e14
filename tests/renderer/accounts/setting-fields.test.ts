import { describe, expect, it } from 'vitest';
import type { SettingFieldView } from '../../../src-preload/views.ts';
import { fieldProblems, initialValues, isGoodUrl } from '../../../src-renderer/accounts/setting-fields.tsx';

const label = { en: '', fr: '' };
const fields: SettingFieldView[] = [
  { key: 'server', kind: 'url', label },
  { key: 'secret', kind: 'secret', label, optional: true },
  { key: 'mode', kind: 'choice', label, choices: ['slow', 'fast'] },
];

describe('the fields a network asks for', () => {
  it('start with what is known, else their first value, else nothing', () => {
    expect(initialValues(fields, { server: 'https://a.example' })).toEqual({
      server: 'https://a.example',
      secret: '',
      mode: 'slow',
    });
  });

  it('say what is missing and which address is refused', () => {
    expect(fieldProblems(fields, { server: ' ', secret: '', mode: 'slow' })).toEqual({ server: 'missing' });
    expect(fieldProblems(fields, { server: 'http://a.example', mode: 'fast' })).toEqual({ server: 'url' });
    expect(fieldProblems(fields, { server: 'https://a.example', mode: 'fast' })).toEqual({});
  });

  it('take https anywhere and http on this computer only', () => {
    expect(isGoodUrl('https://mastodon.example/x')).toBe(true);
    expect(isGoodUrl('http://127.0.0.1:8080/')).toBe(true);
    expect(isGoodUrl('http://localhost')).toBe(true);
    expect(isGoodUrl('http://[::1]:9/')).toBe(true);
    expect(isGoodUrl('http://127.0.0.1.evil.example')).toBe(false);
    expect(isGoodUrl('ftp://a.example')).toBe(false);
    expect(isGoodUrl('mastodon.example')).toBe(false);
  });
});
