import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1280, height: 900, patience: 15_000 },
);

const show = (look: Partial<Look> = {}) => window.show({ scenario: 'publishing', view: 'calendar', ...look });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const mode = (name: string) => page.locator('label', { hasText: new RegExp(`^${name}$`, 'u') }).click();

async function look(name: string): Promise<string[]> {
  await picture(window, `calendar-${name}`);
  return violations(page);
}

describe('the calendar', () => {
  it('shows month, week, day and list in both languages without breaking a rule of accessibility', async () => {
    const looks = [
      ['en', 'light', ['Week']],
      ['fr', 'dark', ['Jour', 'Liste']],
    ] as const;
    for (const [language, theme, names] of looks) {
      await show({ language, theme });
      for (const name of names) {
        await mode(name);
        await page.locator('[data-post]').first().waitFor();
        expect(await look(`${language}-${name}`), name).toEqual([]);
      }
    }
    await window.resize(1024, 700);
    await show({ scenario: 'stopped' });
    await page.locator('[data-post]').first().waitFor();
    await picture(window, 'calendar-stopped-small');
    await window.resize(1280, 900);
    expect(window.complaints).toEqual([]);
  });

  it('moves a post by mouse and by keys, says from when to when, takes it back, and refuses what has passed', async () => {
    await show();
    const day = (plus: number) => {
      const at = new Date(Date.now() + plus * 86_400_000);
      return page.locator(`[data-date="${at.toISOString().slice(0, 10)}"]`);
    };
    const chip = day(1).locator('[data-post][data-state="scheduled"]').first();
    await chip.waitFor();
    const id = await chip.getAttribute('data-post');
    const post = page.locator(`[data-post="${id}"]`);
    await chip.dragTo(day(2));
    await page.getByText(/: moved from .+ to .+\./u).waitFor();
    await day(2).locator(`[data-post="${id}"]`).or(day(2).getByText(/more/u)).first().waitFor();
    await picture(window, 'calendar-moved');
    await page.keyboard.press('Control+z');
    await page.getByText(/Taken back: /u).waitFor();
    await day(1).locator(`[data-post="${id}"]`).waitFor();

    await post.dragTo(day(-1));
    await page.getByText(/This time has already passed: .+ The post stays where it was\./u).waitFor();
    await day(1).locator(`[data-post="${id}"]`).waitFor();

    await post.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.getByText(/Arrows choose, Enter places/u).waitFor();
    expect(await page.locator('[data-aimed]').getAttribute('data-date')).toBe(
      await day(8).getAttribute('data-date'),
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await post.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(/: moved from .+ to .+\./u).waitFor();
  });

  it('asks before a missed post gets a new time', async () => {
    await show();
    await mode('List');
    const missed = page.locator('[data-post][data-state="missed"]').first();
    // The list of the month is at today. Soon after midnight what was missed stands above, and on the first day in the month before.
    const scrollTo = async (step: number) => {
      await page.locator('[data-post]').first().hover();
      for (let turn = 0; turn < 60 && (await missed.count()) === 0; turn += 1) {
        await page.mouse.wheel(0, step);
        await window.atRest();
      }
    };
    await scrollTo(-300);
    if ((await missed.count()) === 0) {
      await button('Previous month').click();
      await scrollTo(600);
    }
    await missed.focus();
    await page.keyboard.press('Space');
    for (let days = 0; days < 5; days += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('This post was missed. With a new time it is scheduled again').waitFor();
    expect(await look('ask')).toEqual([]);
    await button('Move the post').click();
    await page.getByText('It is scheduled now.').waitFor();
    await button('Export and print').click();
    await page.getByRole('menuitem', { name: 'For other calendars (ICS)' }).click();
    await page.getByText(/posts are in \/home\/camille\/all-stop\.ics\./u).waitFor();
  });
});
