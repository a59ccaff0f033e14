import { describe, expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
});

describe('every dialog', () => {
  const { show, press } = {
    show: (look: Look) => window.show(look),
    press: (name: string) => window.page.getByRole('button', { name, exact: true }).click(),
  };
  const dialogs: Record<string, () => Promise<void>> = {
    start: async () => {
      await show({ scenario: 'not-started', theme: 'dark' });
      await press('Start publishing');
    },
    'stop-part': async () => {
      await show({ scenario: 'publishing' });
      await press('Stop a part…');
      await window.page.getByRole('dialog').getByRole('checkbox').first().check();
    },
    'release-1': async () => {
      await show({ scenario: 'stopped' });
      await press('Release');
      await window.page.getByLabel('Maison Verrier').check();
    },
    'release-2': async () => {
      await show({ scenario: 'stopped' });
      await press('Release');
      await window.page.getByLabel('All brands').check();
      await press('Continue');
    },
    'add-brand': async () => {
      await show({ scenario: 'publishing' });
      await press('Add brand');
    },
    connect: async () => {
      await show({ scenario: 'publishing', theme: 'dark' });
      await press('Connect account');
      const server = window.page.getByLabel('Server', { exact: true });
      await window.page.getByLabel('Mastodon').check();
      await server.fill('https://town.example');
      await window.page.getByLabel('Bluesky').check();
      expect(await server.inputValue()).toBe('https://bsky.social');
      await window.page.getByLabel('Mastodon').check();
      expect(await server.inputValue()).toBe('https://town.example');
      await window.page.getByLabel('Bluesky').check();
      for (const term of ['What it needs', 'What it costs', 'How far it was tested'])
        await window.page.getByRole('term').filter({ hasText: term }).waitFor();
      await window.page.getByText('An account and an app password.').waitFor();
    },
    'connect-new-key': async () => {
      await show({ scenario: 'publishing' });
      await press('Connect account');
      await window.page.getByLabel('Nostr').check();
      await press('Make a new key');
      await window.page.getByText(/^A new key is in the field above/u).waitFor();
      expect(await window.page.getByLabel(/^Secret key/u).inputValue()).toBe('nsec1sample');
      await window.page.getByRole('button', { name: 'Copy the key' }).waitFor();
    },
    'connect-browser': async () => {
      await show({ scenario: 'publishing' });
      await press('Connect account');
      await window.page.getByRole('radio', { name: 'X', exact: true }).check();
      const address = window.page.getByLabel('Address to enter in the network’s developer console first');
      expect(await address.inputValue()).toBe('http://127.0.0.1:17170/signed-in');
      await window.page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    },
    'sign-in': async () => {
      await show({ scenario: 'publishing' });
      await window.page.getByRole('searchbox').fill('lumenenergie@town');
      await window.page.getByRole('button', { name: /^Sign in again to/u }).click();
    },
    remove: async () => {
      await show({ scenario: 'publishing' });
      await window.page.getByRole('button', { name: 'More for ateliercobalt', exact: true }).click();
      await window.page.getByRole('menuitem', { name: 'Remove account…' }).click();
    },
    'row-menu': async () => {
      await show({ scenario: 'publishing', theme: 'dark' });
      await window.page.getByRole('button', { name: 'More for Atelier Cobalt', exact: true }).click();
    },
    'account-menu': async () => {
      await show({ scenario: 'publishing' });
      await window.page.getByRole('button', { name: 'More for ateliercobalt', exact: true }).click();
      await window.page.getByRole('menuitem').first().waitFor();
    },
    'open-list': async () => {
      await show({ scenario: 'publishing' });
      await window.page.getByRole('combobox', { name: 'Market' }).click();
      await window.page.getByRole('option').first().waitFor();
    },
    'dialog-list': async () => {
      await show({ scenario: 'publishing', theme: 'dark' });
      await press('Add brand');
      await window.page.getByRole('combobox', { name: 'Time zone' }).click();
      await window.page.getByRole('option').first().waitFor();
    },
    'open-calendar': async () => {
      await show({ scenario: 'publishing', view: 'compose' });
      await window.page.getByLabel('Date', { exact: true }).click();
    },
    'queue-filters': async () => {
      await show({ scenario: 'publishing', view: 'queue', theme: 'dark' });
      await press('More filters');
    },
    sheet: async () => {
      await show({ scenario: 'publishing' });
      await window.page.keyboard.press('?');
      await window.page.getByRole('dialog').waitFor();
    },
    palette: async () => {
      await show({ scenario: 'publishing', theme: 'dark' });
      await window.page.keyboard.press('Control+k');
      await window.page.getByPlaceholder('Search views, commands, brands, accounts and posts').fill('stop');
    },
    prove: async () => {
      await show({ scenario: 'not-started', view: 'settings' });
      await press('Prove it by pressing');
    },
    record: async () => {
      await show({ scenario: 'not-started', view: 'settings' });
      await press('Change');
      await window.page.keyboard.press('Control+Alt+Shift+x');
    },
    'no-answer': async () => {
      await show({ scenario: 'deaf' });
      await press('Emergency stop');
      await window.page.getByText('the app has not answered').waitFor();
    },
    'stop-panel': async () => {
      await show({ scenario: 'publishing' });
      await press('Emergency stop');
      await window.page
        .getByText('Nothing was in flight')
        .or(window.page.getByText('in flight'))
        .first()
        .waitFor();
    },
  };
  for (const [name, open] of Object.entries(dialogs))
    it(`${name} is drawn without a violation and leaves the stop free`, async () => {
      await open();
      await picture(window, `dialog-${name}`);
      const stop = window.page.getByRole('button', { name: 'Emergency stop', exact: true });
      const box = await stop.boundingBox();
      expect(box).not.toBeNull();
      const onTop = await window.page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.closest('button')?.textContent,
        { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 },
      );
      expect(onTop).toBe('Emergency stop');
      expect(await violations(window.page)).toEqual([]);
    });
});

it('breaks no content policy and writes no error to the console', () => {
  const real = window.complaints.filter((text) => !text.includes('Electron Security Warning'));
  expect([...new Set(real)]).toEqual([]);
});
