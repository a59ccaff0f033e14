import { describe, expect, test } from 'vitest';
import { DEFAULT_SHORTCUT } from '../../src-main/core/stop-keys.ts';
import { wordsFor } from '../../src-main/desktop/language.ts';
import {
  createStopShortcut,
  isUsableShortcut,
  readable,
  type ShortcutProof,
} from '../../src-main/desktop/stop-shortcut.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const X = 'CommandOrControl+Alt+Shift+X';
const K = 'CommandOrControl+Alt+Shift+K';
const DAY = 24 * 3_600_000;

/** A keyboard as Electron offers it: keys others hold are refused, and a held key can be taken away. */
function createKeyboard(...taken: string[]) {
  const others = new Set(taken);
  const ours = new Map<string, () => void>();
  return {
    others,
    ours,
    press: (accelerator: string) => ours.get(accelerator)?.(),
    register(accelerator: string, callback: () => void) {
      if (accelerator.includes('Nonsense')) throw new TypeError('conversion failure');
      if (others.has(accelerator) || ours.has(accelerator)) return false;
      ours.set(accelerator, callback);
      return true;
    },
    unregister: (accelerator: string) => void ours.delete(accelerator),
    isRegistered: (accelerator: string) => ours.has(accelerator),
  };
}

function setUp(
  options: { taken?: string[]; wanted?: string; sessionType?: string; proof?: ShortcutProof } = {},
) {
  const keyboard = createKeyboard(...(options.taken ?? []));
  const clock = createFakeClock();
  const kept = {
    wanted: options.wanted ?? DEFAULT_SHORTCUT,
    proof: options.proof ?? (null as ShortcutProof | null),
    layout: '',
  };
  const seen = { presses: 0, changes: 0, proven: 0 };
  const make = (appVersion = '1.0.0') =>
    createStopShortcut({
      globalShortcut: keyboard,
      clock,
      words: () => wordsFor('en'),
      onPress: () => {
        seen.presses += 1;
      },
      onChange: () => {
        seen.changes += 1;
      },
      readWanted: () => kept.wanted,
      writeWanted: (accelerator) => {
        kept.wanted = accelerator;
      },
      readProof: () => kept.proof,
      writeProof: (proof) => {
        kept.proof = proof;
      },
      appVersion,
      sessionType: options.sessionType ?? 'x11',
      layout: () => kept.layout,
      onProven: () => {
        seen.proven += 1;
      },
    });
  return { keyboard, clock, kept, seen, make, shortcut: make() };
}

describe('registering', () => {
  test('takes the wanted key', () => {
    const { shortcut, keyboard } = setUp();
    shortcut.start();
    shortcut.start();
    expect(shortcut.status()).toEqual({
      accelerator: DEFAULT_SHORTCUT,
      wanted: DEFAULT_SHORTCUT,
      isRegistered: true,
      provenAt: null,
      unproven: 'never',
      problem: '',
    });
    expect(keyboard.ours.size).toBe(1);
  });

  test('takes the next alternative when it is taken, and says which', () => {
    const { shortcut } = setUp({ taken: [DEFAULT_SHORTCUT, X] });
    shortcut.start();
    expect(shortcut.status()).toMatchObject({ accelerator: K, isRegistered: true });
    expect(shortcut.status().problem).toContain('Ctrl+Alt+Shift+K');
  });

  test('falls back to the default when a chosen key is taken', () => {
    const { shortcut } = setUp({ wanted: 'Alt+F9', taken: ['Alt+F9'] });
    shortcut.start();
    expect(shortcut.status()).toMatchObject({ accelerator: DEFAULT_SHORTCUT, wanted: 'Alt+F9' });
  });

  test('says that there is none when all are taken, and takes one within a minute of its being let go', async () => {
    const { shortcut, keyboard, clock, seen } = setUp({ taken: [DEFAULT_SHORTCUT, X, K] });
    shortcut.start();
    expect(shortcut.status()).toMatchObject({ accelerator: '', isRegistered: false });
    expect(shortcut.status().problem).not.toBe('');
    keyboard.others.delete(X);
    await clock.advance(60_000);
    expect(shortcut.status()).toMatchObject({ accelerator: X, isRegistered: true });
    expect(seen.changes).toBe(1);
  });

  test('takes a lost key again within a minute', async () => {
    const { shortcut, keyboard, clock, seen } = setUp();
    shortcut.start();
    keyboard.ours.clear();
    expect(shortcut.status().isRegistered).toBe(false);
    await clock.advance(60_000);
    expect(shortcut.status().isRegistered).toBe(true);
    keyboard.press(DEFAULT_SHORTCUT);
    expect(seen.presses).toBe(1);
  });

  test('lets go of everything when stopped', () => {
    const { shortcut, keyboard, clock } = setUp();
    shortcut.start();
    shortcut.stop();
    shortcut.stop();
    expect(keyboard.ours.size).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});

describe('pressing', () => {
  test('stops within the press itself, before anything is written', () => {
    const { shortcut, keyboard, seen, kept } = setUp();
    shortcut.start();
    keyboard.press(DEFAULT_SHORTCUT);
    expect(seen.presses).toBe(1);
    expect(kept.proof).toBeNull();
  });

  test('proves the key, for thirty days', async () => {
    const { shortcut, keyboard, clock, kept } = setUp();
    shortcut.start();
    const at = clock.now();
    keyboard.press(DEFAULT_SHORTCUT);
    await clock.advance(1);
    expect(shortcut.status().provenAt).toBe(at);
    expect(kept.proof?.at).toBe(at);
    clock.setWall(at + 30 * DAY - 1);
    expect(shortcut.status().provenAt).toBe(at);
    clock.setWall(at + 30 * DAY);
    expect(shortcut.status().provenAt).toBeNull();
  });

  test('is a proof of this key and this version of the app only', async () => {
    const { shortcut, keyboard, clock, make } = setUp();
    shortcut.start();
    keyboard.press(DEFAULT_SHORTCUT);
    await clock.advance(1);
    shortcut.stop();
    const again = make();
    again.start();
    expect(again.status().provenAt).not.toBeNull();
    again.stop();
    const updated = make('1.0.1');
    updated.start();
    expect(updated.status().provenAt).toBeNull();
    updated.stop();
    const changed = make();
    changed.start();
    changed.change(X);
    expect(changed.status().provenAt).toBeNull();
  });

  test('while it is being proven stops all the same and ends the wait', async () => {
    const { shortcut, keyboard, seen } = setUp();
    shortcut.start();
    const proof = shortcut.prove(30_000);
    keyboard.press(DEFAULT_SHORTCUT);
    expect(seen.presses).toBe(1);
    expect((await proof).provenAt).not.toBeNull();
  });

  test('that never comes is told as not proven', async () => {
    const { shortcut, clock } = setUp({ sessionType: 'wayland' });
    shortcut.start();
    const proof = shortcut.prove(30_000);
    await clock.advance(30_000);
    expect(await proof).toMatchObject({ provenAt: null, isRegistered: true });
    expect((await proof).problem).toContain('Wayland');
  });
});

describe('changing', () => {
  test('takes the new key and lets go of the old one', () => {
    const { shortcut, keyboard, kept, seen } = setUp();
    shortcut.start();
    expect(shortcut.change('Control+Alt+J')).toMatchObject({
      ok: true,
      value: { accelerator: 'Control+Alt+J' },
    });
    expect([...keyboard.ours.keys()]).toEqual(['Control+Alt+J']);
    expect(kept.wanted).toBe('Control+Alt+J');
    keyboard.press('Control+Alt+J');
    expect(seen.presses).toBe(1);
  });

  test('to a key that is taken or none leaves the old one in place', () => {
    const { shortcut, keyboard, kept } = setUp({ taken: [X] });
    shortcut.start();
    expect(shortcut.change(X)).toMatchObject({ ok: false, error: { code: 'shortcut-taken' } });
    expect(shortcut.change('Control+Nonsense')).toMatchObject({
      ok: false,
      error: { code: 'shortcut-taken' },
    });
    expect(shortcut.change('Shift+A')).toMatchObject({ ok: false, error: { code: 'shortcut-invalid' } });
    expect([...keyboard.ours.keys()]).toEqual([DEFAULT_SHORTCUT]);
    expect(kept.wanted).toBe(DEFAULT_SHORTCUT);
  });

  test('to the key it has changes nothing but the wish', () => {
    const { shortcut, keyboard, kept } = setUp({ taken: [DEFAULT_SHORTCUT] });
    shortcut.start();
    expect(shortcut.change(X)).toMatchObject({ ok: true });
    expect([...keyboard.ours.keys()]).toEqual([X]);
    expect(kept.wanted).toBe(X);
    expect(shortcut.status().problem).toBe('');
  });
});

test('a key that would be pressed by accident is no key for a stop', () => {
  for (const good of ['Control+S', DEFAULT_SHORTCUT, 'F8', 'Shift+F12', 'Alt+Space', 'Super+Escape']) {
    expect(isUsableShortcut(good), good).toBe(true);
  }
  for (const bad of [
    '',
    'S',
    'Shift+S',
    'Control',
    'Control+Alt',
    'Control+A+B',
    'F25',
    'Space',
    '+',
    'AltGr+E',
  ]) {
    expect(isUsableShortcut(bad), bad).toBe(false);
  }
});

test('keys are written as they are printed', () => {
  expect(readable(DEFAULT_SHORTCUT, 'linux')).toBe('Ctrl+Alt+Shift+S');
  expect(readable(DEFAULT_SHORTCUT, 'darwin')).toBe('Cmd+Alt+Shift+S');
});

describe('a proof ends', () => {
  const proven = async () => {
    const rig = setUp();
    rig.kept.layout = 'qwazyms';
    rig.shortcut.start();
    rig.keyboard.press(DEFAULT_SHORTCUT);
    await rig.clock.advance(1);
    expect(rig.shortcut.status().unproven).toBe('');
    return rig;
  };

  test('after 30 days, and says so', async () => {
    const { clock, shortcut } = await proven();
    await clock.advance(30 * DAY);
    expect(shortcut.status()).toMatchObject({ provenAt: null, unproven: 'old' });
  });

  test('with another layout of the keyboard, and not while the layout is unknown', async () => {
    const { kept, shortcut } = await proven();
    kept.layout = '';
    expect(shortcut.status().unproven).toBe('');
    kept.layout = 'azqwyms';
    expect(shortcut.status()).toMatchObject({ provenAt: null, unproven: 'layout' });
    kept.layout = 'qwazyms';
    expect(shortcut.status().unproven).toBe('');
  });

  test('with another key, another version of the app and another kind of session', async () => {
    const { make, kept, shortcut } = await proven();
    shortcut.change(X);
    expect(shortcut.status().unproven).toBe('key');
    shortcut.change(DEFAULT_SHORTCUT);
    shortcut.stop();
    const updated = make('1.0.1');
    updated.start();
    expect(updated.status().unproven).toBe('app');
    updated.stop();
    kept.proof = { at: kept.proof?.at ?? 0, of: (kept.proof?.of ?? '').replace(' x11 ', ' wayland ') };
    const elsewhere = make();
    elsewhere.start();
    expect(elsewhere.status().unproven).toBe('session');
    elsewhere.stop();
  });

  test('and a press that proves it anew is told once', async () => {
    const { keyboard, clock, seen } = await proven();
    expect(seen.proven).toBe(1);
    keyboard.press(DEFAULT_SHORTCUT);
    await clock.advance(1);
    expect(seen.proven).toBe(1);
    await clock.advance(31 * DAY);
    keyboard.press(DEFAULT_SHORTCUT);
    await clock.advance(1);
    expect(seen.proven).toBe(2);
  });
});
