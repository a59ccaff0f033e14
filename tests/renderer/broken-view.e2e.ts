import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openForAll } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;
let built: string;

openForAll((opened) => {
  ({ window, page, built } = opened);
});

/** What the preload of the fixture offers to tests. */
type Fake = {
  garble(channel: string, value: unknown): void;
  answer(channel: string): void;
  emit(event: string, payload: object): void;
};
const inPage = (act: (fake: Fake) => void) =>
  page.evaluate(`(${act.toString()})(globalThis.fake)`) as Promise<void>;

const go = (name: string) => page.getByRole('link', { name, exact: true }).click();
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function stopStillWorks(): Promise<void> {
  const { left, height } = await button('Emergency stop').evaluate((one) => one.getBoundingClientRect());
  expect(left).toBeGreaterThan(0);
  expect(height).toBeGreaterThan(30);
  await button('Emergency stop').click();
  await page.waitForFunction(
    () =>
      document.querySelector('[data-testid="publishing-state"]')?.getAttribute('data-state') === 'stopped',
  );
}

describe('a view that breaks', () => {
  it('says so in its own place, leaves the stop working, and is drawn when it is tried again', async () => {
    await window.show({ scenario: 'publishing' });
    await inPage((fake) =>
      fake.garble('journal.page', { lines: [{ seq: 1, event: 'stop.engaged' }], total: 1 }),
    );
    await go('Journal');
    await page.getByText('This view failed').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('The error was:');
    await go('Stop room');
    await page.getByRole('heading', { name: 'Stop room' }).waitFor();
    await go('Journal');
    await page.getByText('This view failed').waitFor();
    await stopStillWorks();
    await go('Journal');
    await page.getByText('This view failed').waitFor();
    await button('Try again').click();
    await page.getByText('This view failed').waitFor();
    await inPage((fake) => fake.answer('journal.page'));
    await button('Try again').click();
    await page.getByRole('heading', { name: 'Journal' }).waitFor();
  });

  it('whose file cannot be read says so and is there when the window was loaded again', async () => {
    const assets = join(built, 'assets');
    const chunk = (await readdir(assets)).find((file) => /^settings-view.*\.js$/u.test(file)) ?? '';
    await rename(join(assets, chunk), join(built, chunk));
    await window.show({ scenario: 'publishing' });
    await go('Settings');
    await page.getByText('This view could not be loaded').waitFor();
    await stopStillWorks();
    await rename(join(built, chunk), join(assets, chunk));
    await button('Load the window again').click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });
});

describe('a part of the frame that breaks', () => {
  it('leaves the emergency stop', async () => {
    await window.show({ scenario: 'publishing' });
    await inPage((fake) => {
      fake.garble('publishing.read', {
        state: 'publishing',
        stops: 'none',
        isQueueKnown: true,
        counts: null,
      });
      fake.emit('publishing.changed', {});
    });
    await page.getByTestId('publishing-state').waitFor({ state: 'detached' });
    await button('Emergency stop').click();
    const asked = await page.evaluate('globalThis.fake.requests().map((one) => one.channel)');
    expect(asked).toContain('stop.engage');
    await page.getByRole('heading', { name: 'Desk' }).waitFor();
  });
});
