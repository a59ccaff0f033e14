import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src-main/storage/failure.ts';
import { createI18n } from '../../src-renderer/i18n/i18n.ts';
import { english, french } from '../../src-renderer/i18n/resources.ts';
import { sayAgain, sayRefusal, withWords } from '../../src-renderer/main-words.ts';
import { createFakeBridge } from './fixture/fake-bridge.ts';
import { createModel } from './fixture/model.ts';

const root = resolve(import.meta.dirname, '../..');
const plain = (text: string) => text.replace(/\s/gu, ' ');

/** Every .ts file under src-main and src-preload, by its path. */
function sources(): Map<string, string> {
  const files = ['src-main', 'src-preload'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

type Found = { code: string; file: string; isEnglish: boolean };

/** Every code that is refused by name, and whether its sentence stands there in English or is made elsewhere. */
function refusals(): Found[] {
  return [...sources()].flatMap(([file, text]) => [
    ...[...text.matchAll(/\brefuse\(\s*'([a-z0-9-]+)',\s*('|`(?!\$))?/gu)].map((match) => ({
      code: match[1] as string,
      file,
      isEnglish: match[2] !== undefined,
    })),
    ...[...text.matchAll(/error: \{ code: '([a-z0-9-]+)', message: '/gu)].map((match) => ({
      code: match[1] as string,
      file,
      isEnglish: true,
    })),
    ...[...text.matchAll(/\bfault\([^;]*?'([a-z-]+)',\s*\(/gu)].map((match) => ({
      code: match[1] as string,
      file,
      isEnglish: true,
    })),
  ]);
}

/** Refused to somebody else than the window. */
const NOT_FOR_THE_WINDOW: readonly RegExp[] = [
  // The command line and its socket speak English.
  /^src-main\/cli\//u,
  // Why there is no keyring or key goes to the log; the window is told by the engine that the key is missing.
  /^src-main\/desktop\/keyring\.ts$/u,
  /^src-main\/secrets\//u,
  // Becomes the problem of the database, which is known by its words.
  /^src-main\/open-desk\.ts$/u,
  // What became of a link is shown by the system's own dialog.
  /^src-main\/desktop\/open-url\.ts$/u,
];

/** Said by main in the language of the window, in every place that refuses them. */
const SAID_BY_MAIN = [
  'bad-rows',
  'canceled',
  'cannot-write',
  'changed-meanwhile',
  'does-not-fit',
  'file-type',
  'inside-data',
  'media-type',
  'not-chosen',
  'not-readable',
  'rows-changed',
  'shortcut-invalid',
  'shortcut-taken',
  'sign-in-canceled',
  'sign-in-declined',
  'sign-in-failed',
  'sign-in-no-browser',
  'sign-in-port-taken',
  'sign-in-timeout',
  'storage',
  'time-invalid',
  'unreachable',
];

const shown = refusals().filter(({ file }) => !NOT_FOR_THE_WINDOW.some((elsewhere) => elsewhere.test(file)));

describe('what main refuses', () => {
  it('is found in its source', () => {
    const codes = shown.map(({ code }) => code);
    expect(new Set(codes).size).toBeGreaterThan(45);
    for (const code of ['not-durable', 'time-past', 'internal', 'not-allowed', 'no-path', 'unreachable'])
      expect(codes).toContain(code);
  });

  it('has words in both languages, or is said by main in both', () => {
    const unknown = shown
      .filter(({ code }) => !SAID_BY_MAIN.includes(code))
      .filter(({ code }) => !(code in english.refusal.code) || !(code in french.refusal.code));
    expect(unknown).toEqual([]);
  });

  it('is never said in English alone where the window has no words for it', () => {
    const alone = shown.filter(({ code, isEnglish }) => isEnglish && SAID_BY_MAIN.includes(code));
    expect(alone).toEqual([]);
  });

  it('has no words that nothing refuses', () => {
    const codes = new Set(shown.map(({ code }) => code));
    expect(Object.keys(english.refusal.code).filter((code) => !codes.has(code))).toEqual([]);
    expect(SAID_BY_MAIN.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('is told in the language of the window, with what is particular to this case', () => {
    const [en, fr] = [createI18n('en'), createI18n('fr')];
    const past = { code: 'time-past', message: 'This time has already passed.' };
    expect(sayRefusal(en, past)).toBe('This time has already passed.');
    expect(sayRefusal(fr, past)).toBe('Cette heure est déjà passée.');
    const fault = { code: 'internal', message: 'Something went wrong in All Stop (f3a9). Nothing more.' };
    expect(sayRefusal(fr, fault)).toContain('(f3a9)');
    const disk = { code: 'not-saved', message: 'The settings could not be written: EROFS: read-only' };
    expect(sayRefusal(fr, disk)).toContain('EROFS: read-only');
    const field = { code: 'field-missing', message: 'Adresse: this is needed.' };
    expect(plain(sayRefusal(fr, field))).toBe('Adresse : ce champ est nécessaire.');
    const network = { code: 'unclear', message: 'it answered 502' };
    expect(sayRefusal(fr, network)).toContain('it answered 502');
  });

  it('keeps main’s own words for a code without others', () => {
    const own = { code: 'file-type', message: 'Seul un fichier .csv peut être lu ici.' };
    expect(sayRefusal(createI18n('fr'), own)).toBe(own.message);
    expect(sayRefusal(createI18n('fr'), { ...own, code: 'constructor' })).toBe(own.message);
  });

  it('arrives over the bridge in words, and values as they are', async () => {
    const model = createModel('publishing', { language: 'fr', theme: 'light' });
    const bridge = withWords(createFakeBridge(model), createI18n('fr'));
    model.refusals.set('post.read', { code: 'no-such-post', message: 'This post is no longer there.' });
    expect(await bridge.request('post.read', { postId: 1 })).toEqual({
      ok: false,
      error: { code: 'no-such-post', message: 'Cette publication n’existe plus.' },
    });
    expect(await bridge.request('app.read', {})).toMatchObject({ ok: true, value: { language: 'fr' } });
  });
});

describe('what main says without a code', () => {
  it('is known by the very words that stand in its source', () => {
    const holes = (text: string) =>
      text
        .replace(/\$\{[^}]*\}/gu, '§')
        .replace(/\{\{\w+\}\}/gu, '§')
        .replace(/\s+/gu, ' ');
    const source = [...sources().values()].map(holes).join('\n');
    const gone = Object.values(english.refusal.said).filter((sentence) => !source.includes(holes(sentence)));
    expect(gone).toEqual([]);
  });

  it('covers every failure of the database', () => {
    const fr = createI18n('fr');
    const codes = [
      'database-locked',
      'database-corrupt',
      'database-newer',
      'database-unreadable',
      'database-unsafe',
      'database-closed',
      'database-failed',
      'disk-full',
    ] as const;
    for (const code of codes) {
      const { message } = new StorageError(code, 'SQLITE_X: said');
      const again = sayAgain(fr, message);
      expect(again).not.toBe(message);
      expect(again).toMatch(/ \(SQLITE_X: said\)$/u);
    }
  });

  it('keeps the numbers in it, and is left alone when it is unknown', () => {
    const fr = createI18n('fr');
    expect(sayAgain(fr, 'Line 12 has number 9, 11 was expected.')).toBe(
      'La ligne 12 porte le numéro 9 au lieu de 11.',
    );
    expect(plain(sayAgain(fr, 'The journal cannot be written: EACCES'))).toBe(
      'Le journal ne peut pas être écrit : EACCES',
    );
    expect(sayAgain(fr, 'Something new.')).toBe('Something new.');
    expect(sayAgain(createI18n('en'), 'No answer in time.')).toBe('No answer in time.');
  });
});
