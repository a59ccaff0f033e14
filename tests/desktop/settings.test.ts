import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SHORTCUT } from '../../src-main/core/stop-keys.ts';
import { parseSettings } from '../../src-main/desktop/settings.ts';

const defaults = {
  language: 'system',
  theme: 'system',
  inFlightCap: 4,
  personName: '',
  closeToTray: true,
  shortcut: DEFAULT_SHORTCUT,
  shortcutProof: null,
  windowBounds: null,
  drillRemindedAt: null,
  notices: { missed: true, failed: true, unconfirmed: true, signIns: true, backups: true, yes: true },
  digest: { isOn: true, at: '18:00' },
  digestToldOn: '',
  keepAwakeMinutes: 720,
  backupFolder: '',
  backupProblem: null,
  tour: { step: 0, isDone: false },
  windowKeys: {},
  wasToldOfTray: false,
};

test('nothing read gives the defaults', () => {
  for (const nothing of [{}, null, undefined, [], 'text', 7])
    expect(parseSettings(nothing)).toEqual(defaults);
});

test('one wrong setting falls back alone', () => {
  const kept = {
    personName: 'Zoé',
    inFlightCap: 9_999,
    theme: 'dark',
    windowBounds: { x: 'left' },
    unknown: 1,
  };
  expect(parseSettings(kept)).toEqual({ ...defaults, personName: 'Zoé', theme: 'dark' });
});

test('the in-flight cap lies between 1 and 32', () => {
  expect([0, 1, 32, 33, 1.5].map((inFlightCap) => parseSettings({ inFlightCap }).inFlightCap)).toEqual([
    4, 1, 32, 4, 4,
  ]);
});

test('settings of any kind can be read, and read again are the same', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ inFlightCap: fc.integer(), language: fc.string() })),
      (data) => {
        const settings = parseSettings(data);
        expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
      },
    ),
  );
});
