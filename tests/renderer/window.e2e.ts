import { describe, expect, it } from 'vitest';
import { ALL_VIEWS } from '../../src-renderer/ui/view-route.ts';
import type { Scenario } from './fixture/model.ts';
import { openForAll, picture, violations, withPictures } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
});

async function draw(name: string, wanted: Look): Promise<void> {
  const { language = 'en', theme = 'light' } = wanted;
  await window.show(wanted);
  await picture(window, `${name}-${language}-${theme}`);
}

async function look(name: string, wanted: Look): Promise<string[]> {
  await draw(name, wanted);
  return violations(window.page);
}

/** The same in the other theme and language: names and structure are the same, contrasts are not. */
async function lookInTheDark(name: string, wanted: Look): Promise<string[]> {
  await draw(name, { ...wanted, language: 'fr', theme: 'dark' });
  return violations(window.page, 'contrast');
}

/** With ALLSTOP_PICTURES every view is drawn in each language and theme, for people to look at. */
describe('every view', () => {
  for (const view of ALL_VIEWS) {
    it(`${view} is drawn in both languages and themes without a violation of accessibility rules`, async () => {
      await window.resize(1280, 900);
      expect(await look(view, { scenario: 'publishing', view })).toEqual([]);
      expect(await lookInTheDark(view, { scenario: 'publishing', view })).toEqual([]);
      if (!withPictures) return;
      await draw(view, { scenario: 'publishing', view, theme: 'dark' });
      await draw(view, { scenario: 'publishing', view, language: 'fr' });
    });
  }

  it('fits into 1024 by 700 without being cut off at the side', async () => {
    await window.resize(1024, 700);
    const tooWide: string[] = [];
    for (const view of ALL_VIEWS) {
      await window.show({ scenario: 'stopped', view, language: 'fr' });
      await picture(window, `small-${view}-fr`);
      const cut = await window.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (cut > 0) tooWide.push(`${view} by ${cut}`);
      const scrolling = await window.page.evaluate(() =>
        [...document.querySelectorAll('main, main *')]
          .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
          .filter((one) => one.scrollWidth > one.clientWidth)
          .map((one) => `${one.className} by ${one.scrollWidth - one.clientWidth}`),
      );
      tooWide.push(...scrolling.map((one) => `${view}: ${one}`));
    }
    await window.resize(1280, 900);
    expect(tooWide).toEqual([]);
  });

  it('can be read and used at 200 %: nothing is cut off at the side, nothing lies over a heading or the stop', async () => {
    const zoom = (factor: number) =>
      window.app.evaluate(
        ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to),
        factor,
      );
    const wrong: string[] = [];
    try {
      for (const view of ALL_VIEWS) {
        await zoom(2);
        await window.show({ scenario: 'stopped', view, language: 'fr' });
        await window.atRest();
        const found = await window.page.evaluate(() => {
          const { innerWidth, innerHeight } = globalThis;
          const stop = [...document.querySelectorAll('header button')].at(-1);
          const isOnTop = (element: Element | null | undefined) => {
            const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
            const there = document.elementFromPoint(left + Math.min(width, 60) / 2, top + height / 2);
            return (
              left >= 0 &&
              left + width <= innerWidth &&
              top + height <= innerHeight &&
              element?.contains(there)
            );
          };
          const beside = [
            ...document.querySelectorAll('main h1 ~ *, main h1, main header button, main button'),
          ]
            .filter((one) => one.getBoundingClientRect().top < 300)
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
          return [
            ...(isOnTop(stop) ? [] : ['the stop is not in sight']),
            ...(isOnTop(document.querySelector('main h1')) ? [] : ['the heading is not in sight']),
            ...beside.map((one) => `${one.textContent} is cut off`),
            ...(document.documentElement.scrollWidth > innerWidth ? ['the page is too wide'] : []),
          ];
        });
        wrong.push(...found.map((one) => `${view}: ${one}`));
      }
    } finally {
      await zoom(1);
    }
    expect(wrong).toEqual([]);
  });
});

describe('every state', () => {
  const states: readonly Look[] = [
    { scenario: 'not-started' },
    { scenario: 'stopped' },
    { scenario: 'stopped', view: 'stop' },
    { scenario: 'stopping', view: 'stop' },
    { scenario: 'not-confirmed', view: 'stop' },
    { scenario: 'not-confirmed', view: 'queue' },
    { scenario: 'countdown', view: 'stop' },
    { scenario: 'brand-stopped' },
    { scenario: 'problem' },
    { scenario: 'first-run' },
    { scenario: 'database-problem', view: 'queue' },
    { scenario: 'not-started', view: 'settings' },
  ];
  const shown: Partial<Record<Scenario, string>> = {
    'brand-stopped': 'publishing',
    countdown: 'publishing',
    problem: 'publishing',
    'first-run': 'not-started',
    'database-problem': 'not-started',
  };
  for (const state of states) {
    const name = `state-${state.scenario}-${state.view ?? 'desk'}`;
    it(`${state.scenario} is said in the whole frame, in ${state.view ?? 'desk'}`, async () => {
      expect(await look(name, state)).toEqual([]);
      expect(await window.page.getByTestId('publishing-state').getAttribute('data-state')).toBe(
        shown[state.scenario] ?? state.scenario,
      );
      expect(await lookInTheDark(name, state)).toEqual([]);
    });
  }
});

it('breaks no content policy and writes no error to the console', () => {
  const real = window.complaints.filter((text) => !text.includes('Electron Security Warning'));
  expect([...new Set(real)]).toEqual([]);
});
