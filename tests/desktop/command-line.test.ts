import { expect, test } from 'vitest';
import { readCommandLine } from '../../src-main/desktop/command-line.ts';
import { chooseLanguage } from '../../src-main/desktop/language.ts';

test('the folder comes from the command line, else from the environment, else from neither', () => {
  expect(readCommandLine(['app', '--data-dir=/a b'], { ALLSTOP_DATA_DIR: '/c' }).dataDir).toBe('/a b');
  expect(readCommandLine(['app'], { ALLSTOP_DATA_DIR: '/c' }).dataDir).toBe('/c');
  expect(readCommandLine(['app', '--data-dir='], {}).dataDir).toBeNull();
  expect(readCommandLine(['app'], {}).dataDir).toBeNull();
});

test('only --stop stops; everything else shows', () => {
  expect(readCommandLine(['app', '--stop'], {}).command).toBe('stop');
  for (const part of ['--release', 'stop', '--stopp', '--stop=no', 'allstop://stop', '--start']) {
    expect(readCommandLine(['app', part], {}).command).toBe('show');
  }
});

test('one run may choose a language; else the setting, else the system, else English', () => {
  const oneRun = (tag: string) => readCommandLine(['app', `--lang=${tag}`], {}).language;
  expect(oneRun('en-US')).toBe('en');
  expect(oneRun('fr')).toBe('fr');
  expect(oneRun('fr-CA')).toBe('fr');
  expect(oneRun('de')).toBeNull();
  expect(chooseLanguage('fr', 'en', 'en-GB')).toBe('fr');
  expect(chooseLanguage(null, 'en', 'fr-FR')).toBe('en');
  expect(chooseLanguage(null, 'system', 'fr-FR')).toBe('fr');
  expect(chooseLanguage(null, 'system', 'de-DE')).toBe('en');
});
