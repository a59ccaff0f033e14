import { describe, expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
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

describe('being told, and being awake', () => {
  it('is set by a person who sees what tonight asks of the computer', async () => {
    const { page } = window;
    await window.resize(1024, 700);
    await window.show({ scenario: 'publishing', view: 'settings', language: 'fr' });
    const awake = page.getByText(/cet ordinateur doit alors être éveillé/u);
    await awake.waitFor();
    await page.getByText('Jamais', { exact: true }).click();
    await page.getByText(/Il peut s’endormir avant la publication de/u).waitFor();
    await page.getByLabel(/^Démarrer All Stop/u).click();
    await awake.scrollIntoViewIfNeeded();
    await picture(window, 'awake-fr-light');
    await window.resize(1280, 900);
    await window.show({ scenario: 'publishing', view: 'settings', theme: 'dark' });
    await page.getByLabel('Posts that failed', { exact: true }).click();
    await page.getByLabel('At', { exact: true }).fill('07:30');
    await page.getByLabel('Once a day').focus();
    await page
      .getByText(/Now it would say: “34 posts went out, 1 failed. 12 posts wait in Review./u)
      .waitFor();
    await page.getByText('Tell me about').scrollIntoViewIfNeeded();
    await picture(window, 'notices-en-dark');
    await page.getByLabel('Once a day').click();
    await page.getByLabel('At', { exact: true }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Posts that failed', { exact: true }).isChecked()).toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});

describe('everything', () => {
  it('leaves, and comes in only where a person who stopped publishing says that it may replace what is here', async () => {
    const { page } = window;
    await window.show({ scenario: 'stopped', view: 'settings', language: 'fr', theme: 'dark' });
    await page.getByRole('button', { name: 'Exporter…' }).click();
    await page.getByText(/^Écrit dans /u).waitFor();
    await page.getByRole('button', { name: 'Choisir un export…' }).click();
    const confirm = page.getByRole('button', { name: 'Importer au prochain démarrage' });
    await confirm.waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/^Remplacer les marques/u).check();
    await picture(window, 'everything-fr-dark');
    expect(await violations(page)).toEqual([]);
    await confirm.click();
    await page.getByText(/prend la place de ce qui est ici/u).waitFor();
    await page.getByRole('button', { name: 'Déplacer les données…' }).click();
    const moves = page.getByText(/^Au prochain démarrage, les données vont dans/u);
    await moves.scrollIntoViewIfNeeded();
    await picture(window, 'folder-fr-dark');
    await page.getByRole('button', { name: 'Ne pas déplacer' }).click();
    await moves.waitFor({ state: 'detached' });
  });
});

describe('help and finding', () => {
  it('are at hand by the keyboard: what the stop promises, an account and a post by what they say', async () => {
    const { page } = window;
    await window.show({ scenario: 'publishing', view: 'desk' });
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await picture(window, 'help-en-light');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Help' }).waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('skerry');
    await page.getByText('Queue of skerryoutdoor@jobs.example').first().waitFor();
    await picture(window, 'palette-found-en-light');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await window.show({ scenario: 'stopped', view: 'desk', language: 'fr', theme: 'dark' });
    await page.getByRole('button', { name: /^Aide/u }).click();
    await picture(window, 'help-fr-dark');
    expect(await violations(page, 'contrast')).toEqual([]);
  });
});
