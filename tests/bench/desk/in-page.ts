import type { Page } from 'playwright-core';

/** A view or a part of one: what is done to open it, and what stands there when it is open. */
export type Opening = {
  readonly name: string;
  /** Where it lies, 'queue' or 'queue?state=failed'; or '' when `click` opens it. */
  readonly hash: string;
  /** What is clicked, as CSS, with the words it has to say. */
  readonly click?: { readonly css: string; readonly words: string };
  /** CSS of what must be there. */
  readonly ready: string;
};

/** Milliseconds from the click until everything has been read and drawn. Rejects after ten seconds. */
export function timeOpening(page: Page, opening: Opening): Promise<number> {
  return page.evaluate(async ({ name, hash, click, ready }) => {
    const begun = performance.now();
    const found = [...document.querySelectorAll<HTMLElement>(click?.css ?? 'nothing')].find(
      (one) => one.textContent?.trim() === click?.words,
    );
    if (click) {
      if (!found) throw new Error(`there is no ${click.css} "${click.words}"`);
      found.click();
    } else location.hash = `#/${hash}`;
    const isThere = () =>
      (click !== undefined ||
        document.querySelector(`nav [aria-current="page"][href="#/${hash.split('?')[0]}"]`) !== null) &&
      document.querySelector(ready) !== null &&
      (found === undefined || found.dataset.active === 'true') &&
      document.querySelector('main .mantine-Loader-root, main .mantine-Skeleton-root') === null;
    do await new Promise(requestAnimationFrame);
    while (!isThere() && performance.now() - begun < 10_000);
    if (!isThere()) throw new Error(`${name} is not there: ${ready}`);
    // After the frame that shows it.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - begun;
  }, opening);
}

/** The lengths of all frames in milliseconds while `work` was done in the page. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = 0;
    const look = (now: number) => {
      if (last > 0) frames.push(now - last);
      last = now;
      if (document.documentElement.dataset.frames === 'watched') requestAnimationFrame(look);
    };
    document.documentElement.dataset.frames = 'watched';
    Object.assign(window, { framesOfBench: frames });
    requestAnimationFrame(look);
  });
  await work();
  return page.evaluate(() => {
    delete document.documentElement.dataset.frames;
    return (window as unknown as { framesOfBench: number[] }).framesOfBench;
  });
}

/** Turns the wheel over the middle of an element, `turns` times a tenth of a second apart. */
export async function scrollOver(page: Page, css: string, turns: number): Promise<void> {
  const box = await page.locator(css).first().boundingBox();
  if (!box) throw new Error(`${css} is not there to be scrolled`);
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 400) / 2);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, turn < turns * 0.7 ? 700 : -900);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}
