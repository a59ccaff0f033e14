import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findInPalette, openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1024, height: 700, patience: 15_000 },
);

const tour = () => page.locator('[role="dialog"][aria-modal="false"]');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** What lies in the middle of the red button: nothing but the button. */
async function onStop(): Promise<string> {
  return page.evaluate(() => {
    const box = document.querySelector('[data-tour="stop"]')?.getBoundingClientRect();
    if (!box) return 'no stop';
    const corners = [0.1, 0.5, 0.9].map((part) =>
      document
        .elementFromPoint(box.left + box.width * part, box.top + box.height * part)
        ?.closest('[data-tour]')
        ?.getAttribute('data-tour'),
    );
    return corners.join(' ');
  });
}

describe('the tour', () => {
  it('goes through six places by keyboard, is left and gone on with, and is done only when the press arrived', async () => {
    await window.show({ scenario: 'first-run' });
    await button('Two-minute tour').click();
    for (const [index, title] of ['Brands and accounts', 'Writing a post', 'Queue and calendar'].entries()) {
      await tour().getByRole('heading', { name: title }).waitFor();
      await tour()
        .getByText(`${index + 1} of 6`)
        .waitFor();
      expect(await tour().evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await onStop()).toBe('stop stop stop');
      if (index === 0) {
        await picture(window, 'tour-first');
        expect(await violations(page)).toEqual([]);
      }
      if (index < 2) {
        await tour().getByRole('button', { name: 'Next' }).focus();
        await page.keyboard.press('Enter');
      }
    }
    await picture(window, 'tour-calendar');
    await tour().press('Escape');
    await tour().waitFor({ state: 'hidden' });
    await findInPalette(page, 'continue the tour', 'Continue the tour (3 of 6)');
    await page.keyboard.press('Enter');
    await tour().getByText('3 of 6').waitFor();
    await tour().getByRole('button', { name: 'Next' }).click();
    await tour().getByRole('heading', { name: 'What waits for you' }).waitFor();
    await tour().getByRole('button', { name: 'Next' }).click();
    await tour().getByRole('heading', { name: 'The stop' }).waitFor();
    await picture(window, 'tour-stop');
    expect(await onStop()).toBe('stop stop stop');
    await tour().getByRole('button', { name: 'Next' }).click();
    await button('End without the proof').waitFor();
    await picture(window, 'tour-proof');
    expect(await violations(page)).toEqual([]);
    expect(await page.getByText(/^Done:/u).count()).toBe(0);
    await button('Wait for my press').click();
    await tour()
      .getByText(/^Done: a real press arrived/u)
      .waitFor();
    await picture(window, 'tour-done');
    await button('Finish').click();
    await page.getByRole('link', { name: 'Desk' }).click();
    await page.getByRole('heading', { name: 'Welcome to All Stop' }).waitFor();
    await button('Two-minute tour').waitFor();
    expect(window.complaints).toEqual([]);
  });

  it('says so while publishing is on, or where the key is lost, and does not call that done', async () => {
    await window.show({ scenario: 'countdown', language: 'fr', theme: 'dark' });
    await page.keyboard.press('F1');
    await button('Visite de deux minutes').click();
    for (let step = 0; step < 5; step += 1) await tour().getByRole('button', { name: 'Suivant' }).click();
    await tour()
      .getByText(/La publication est en cours/u)
      .waitFor();
    expect(await tour().getByText(/^Fait/u).count()).toBe(0);
    await button('Finir sans la preuve').waitFor();
    await picture(window, 'tour-publishing-fr');
    expect(await violations(page, 'contrast')).toEqual([]);
  });

  it('fits beside the stop at twice the size', async () => {
    await window.show({ scenario: 'not-started' });
    const zoom = (factor: number) =>
      window.app.evaluate(
        ({ BrowserWindow }, by) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(by),
        factor,
      );
    await zoom(2);
    try {
      await page.keyboard.press('F1');
      await page
        .getByRole('dialog', { name: 'Help' })
        .getByRole('button', { name: 'Two-minute tour' })
        .click();
      await page.getByRole('dialog', { name: 'Help' }).waitFor({ state: 'hidden' });
      for (let step = 0; step < 6; step += 1) {
        await tour()
          .getByText(`${step + 1} of 6`)
          .waitFor();
        await picture(window, `tour-200-${String(step)}`);
        expect(await onStop()).toBe('stop stop stop');
        const inside = await tour().evaluate((one) => {
          const box = one.getBoundingClientRect();
          const bar = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
          return box.top >= bar && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        });
        expect(inside).toBe(true);
        if (step < 5) await tour().getByRole('button', { name: 'Next' }).click();
      }
      await picture(window, 'tour-200');
    } finally {
      await zoom(1);
    }
    expect(window.complaints).toEqual([]);
  });
});
