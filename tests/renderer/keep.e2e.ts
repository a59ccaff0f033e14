import { beforeAll, describe, expect, it } from 'vitest';
import { openFixture, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;

beforeAll(async () => {
  const opened = await openFixture();
  window = opened.window;
  return opened.close;
});

describe('backups in Settings', () => {
  it('are made, tried out and put back by a person who stopped publishing, and said when they fail', async () => {
    const { page } = window;
    await window.resize(1280, 900);
    await window.show({ scenario: 'stopped', view: 'settings' });
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page
      .getByRole('button', { name: /^Rehearse the backup/u })
      .last()
      .click();
    await page
      .getByText(/^All well, /u)
      .nth(1)
      .waitFor();
    await page.getByText('Last backup').scrollIntoViewIfNeeded();
    await picture(window, 'backups-en-light');
    await page
      .getByRole('button', { name: /^Restore the backup/u })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
    await picture(window, 'restore-en-light');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Your name').last().fill('Zoé Martin');
    await page.getByRole('button', { name: 'Restore at the next start' }).click();
    await page.getByRole('button', { name: 'Restart now' }).waitFor();
    await page.getByRole('button', { name: 'Do not restore' }).click();
    await page.getByRole('button', { name: 'Restart now' }).waitFor({ state: 'detached' });

    await window.show({ scenario: 'problem', view: 'settings', language: 'fr', theme: 'dark' });
    await page.getByText(/il faut 93\sMo dans \/media\/disk, 41\sMo/u).waitFor();
    await page.getByText('Dernière sauvegarde').scrollIntoViewIfNeeded();
    await picture(window, 'backups-fr-dark');
    await page
      .getByRole('button', { name: /^Restaurer la sauvegarde/u })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Arrêtez d’abord la publication.').waitFor();
    await picture(window, 'restore-fr-dark');
    expect(await violations(page, 'contrast')).toEqual([]);
  });
});
