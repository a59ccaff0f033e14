import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ALL_VIEWS } from '../../src-renderer/ui/view-route.ts';
import { openForAll } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1024, height: 700, patience: 20_000 },
);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const zone = () => page.getByRole('combobox', { name: 'Time zone' });

describe('a time zone as typed', () => {
  it('is taken by Enter as the first match, which sends nothing', async () => {
    await window.show({ scenario: 'publishing' });
    await button('Add brand').click();
    await page.getByLabel('Name', { exact: true }).fill('Harbour Tea');
    await zone().fill('tokyo');
    await zone().press('Enter');
    expect(await zone().inputValue()).toBe('Asia/Tokyo');
    await page.getByRole('dialog').waitFor();
    await zone().press('Enter');
    await page.getByRole('heading', { name: 'Add a brand' }).waitFor({ state: 'detached' });
  });

  it('is an error while it names none, and blocks saving', async () => {
    await window.show({ scenario: 'publishing' });
    await button('Add brand').click();
    await page.getByLabel('Name', { exact: true }).fill('Harbour Tea');
    await zone().fill('Nowhere/Land');
    await zone().press('Enter');
    await zone().press('Tab');
    expect(await zone().inputValue()).toBe('Nowhere/Land');
    await page.getByRole('dialog').getByText('No such time zone').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Add brand' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await zone().inputValue()).toBe('Nowhere/Land');
    await zone().fill('Europe/Lisbon');
    await zone().press('Enter');
    expect(await zone().inputValue()).toBe('Europe/Lisbon');
    await page.getByRole('dialog').getByRole('button', { name: 'Add brand' }).click();
    await page.getByRole('heading', { name: 'Add a brand' }).waitFor({ state: 'detached' });
  });

  it('opens no list by Tab, and is said to be missing before a post is scheduled', async () => {
    await window.show({ scenario: 'publishing', view: 'compose' });
    await page.getByLabel('Minutes').focus();
    await page.keyboard.press('Tab');
    await zone().focus();
    expect(await page.getByRole('option').count()).toBe(0);
    await zone().fill('Nowhere/Land');
    await zone().press('Escape');
    await button('Schedule').click();
    await page.getByRole('listitem').filter({ hasText: 'Choose a time zone.' }).waitFor();
    expect(await zone().inputValue()).toBe('Nowhere/Land');
  });
});

describe('a passing remark', () => {
  it('covers no control of any view in a small window', async () => {
    await window.show({ scenario: 'publishing' });
    await page
      .getByRole('button', { name: /^Hold account/u })
      .first()
      .click();
    const remark = page.locator('.mantine-Notification-root');
    await remark.first().waitFor();
    await window.atRest();
    const box = await remark.first().boundingBox();
    if (!box) throw new Error('the remark has no box');
    const covered: string[] = [];
    for (const view of ALL_VIEWS) {
      await window.show({ scenario: 'publishing', view });
      await window.atRest();
      const names = await page.evaluate(
        (area) =>
          [...document.querySelectorAll('button, a, input, textarea, [role="tab"]')]
            .filter((one) => {
              const at = one.getBoundingClientRect();
              const isApart =
                at.right <= area.x ||
                at.left >= area.x + area.width ||
                at.bottom <= area.y ||
                at.top >= area.y + area.height;
              return at.width > 0 && !isApart;
            })
            .map((one) => one.getAttribute('aria-label') ?? one.textContent ?? one.tagName),
        box,
      );
      covered.push(...names.map((name) => `${view}: ${name}`));
    }
    expect(covered).toEqual([]);
  });
});
