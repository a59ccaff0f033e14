import { expect, it } from 'vitest';
import { practiceImage } from '../../src-main/calendar/practice-image.ts';
import { picture, violations } from './fixture/opened-window.ts';
import { workInOneWindow } from './fixture/work-window.ts';

const at = workInOneWindow('compose');
const { show, button, look } = at;
const sharedText = () => at.page.getByLabel('Text', { exact: true }).first();

it('one text is written once, and differently for a network, an account, and back with undo', async () => {
  await at.window.resize(1024, 700);
  await show('compose');
  await sharedText().fill('Our doors open at nine.');
  await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  const add = at.page.getByRole('combobox', { name: 'Write it differently for…' });
  await add.fill('Bluesky');
  await add.press('ArrowDown');
  await add.press('Enter');
  const own = at.page.getByRole('region', { name: /^Own text: .*Bluesky/u });
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Our doors open at nine.');
  await own.getByLabel('Text', { exact: true }).fill('Doors: 9.');
  await own.getByText('9 of 300 on Bluesky').waitFor();
  await sharedText().fill('Our doors open at ten.');
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Doors: 9.');
  await at.page.getByText(/^In their own words, not this text: .*Bluesky/u).waitFor();
  await at.page.getByText('own text', { exact: true }).first().waitFor();
  expect(await look('own-text')).toEqual([]);
  await own.getByRole('button', { name: 'As the others' }).click();
  await at.page.getByText(/: back to the shared text\.$/u).waitFor();
  expect(await own.count()).toBe(0);
  await button('Undo').click();
  await at.page.getByRole('checkbox', { name: 'All accounts of Lumen Énergie' }).check();
  await button('Also for the other account on Bluesky').click();
  await at.page.getByRole('region', { name: /^Own text: .*Bluesky, .*Bluesky/u }).waitFor();
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Doors: 9.');
  await at.page.getByText(/^Kept as a draft at/u).waitFor();
});

it('stands in French and in the dark as well', async () => {
  await show('compose', { language: 'fr', theme: 'dark' });
  await at.page.getByLabel('Texte', { exact: true }).first().fill('Nos portes ouvrent à neuf heures.');
  await at.page.getByRole('checkbox', { name: 'Tous les comptes de Maison Verrier' }).check();
  const add = at.page.getByRole('combobox', { name: 'L’écrire autrement pour…' });
  await add.fill('Bluesky');
  await add.press('ArrowDown');
  await picture(at.window, 'compose-adapt-list-fr');
  await add.press('Enter');
  await button('Changer les comptes').click();
  await at.page.getByText(/^À leur façon, pas ce texte/u).waitFor();
  expect(await violations(at.page, 'contrast')).toEqual([]);
  await picture(at.window, 'compose-own-text-fr');
});

it('the preview shows every network once and each text of its own, with its count, link and alt texts', async () => {
  await show('compose');
  await sharedText().fill('Our doors open at nine.');
  await at.page.getByLabel('Link', { exact: true }).fill('https://example.com/doors');
  await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  await at.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  const add = at.page.getByRole('combobox', { name: 'Write it differently for…' });
  await add.fill('All 2');
  await add.press('ArrowDown');
  await add.press('Enter');
  const own = at.page.getByRole('region', { name: /^Own text: .*Mastodon/u });
  await own.getByLabel('Text', { exact: true }).fill('Nine o’clock: doors. '.repeat(30));
  await at.page.getByRole('tab', { name: 'Preview' }).click();
  const card = (name: RegExp) => at.page.getByRole('tabpanel').getByRole('region', { name });
  await card(/^Bluesky: /u)
    .getByText('Shown as a card')
    .waitFor();
  await card(/^Mastodon: .*, /u)
    .getByText(/^63\d of 500: 13\d too many$/u)
    .waitFor();
  await card(/^Practice: /u)
    .getByText('No alt text')
    .waitFor();
  expect(await card(/^Mastodon: /u).count()).toBe(1);
  expect(await look('preview')).toEqual([]);
});

it('a text that is too long becomes a thread, whose parts are cut, moved and merged, each step with a way back', async () => {
  await show('compose');
  await sharedText().fill('The garden opens at nine and tea is free all day. '.repeat(8));
  await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  await button('Split into a thread').click();
  await at.page.getByText('Split into a thread.').waitFor();
  const part = (n: number) => at.page.getByLabel(new RegExp(`^Part ${n} of `, 'u'));
  expect(await part(2).inputValue()).toMatch(/^The garden/u);
  await at.page.getByText(/^Webhook has no threads/u).waitFor();
  expect(await look('thread')).toEqual([]);
  await button('Say it in one part').click();
  await at.page.getByRole('region', { name: /^Own text: .*Webhook/u }).waitFor();
  await part(1).fill('First. Second.');
  await part(1).press('Home');
  for (let step = 0; step < 6; step += 1) await part(1).press('ArrowRight');
  await part(1).press('Alt+Enter');
  await expect.poll(() => part(2).inputValue()).toBe('Second.');
  await part(2).press('Alt+ArrowUp');
  await expect.poll(() => part(1).inputValue()).toBe('Second.');
  await button('Merge with the next part: part 1').click();
  await expect.poll(() => part(1).inputValue()).toBe('Second.\n\nFirst.');
  await button('Undo').click();
  await expect.poll(() => part(2).inputValue()).toBe('First.');
});

it('a picture is cropped by keyboard into a new one, and back; its missing alt text is said and keeps nothing back', async () => {
  await show('compose');
  await at.page.locator('input[type=file]').setInputFiles({
    name: 'door.png',
    mimeType: 'image/png',
    buffer: Buffer.from(await practiceImage('#8a4f7d', 0.4)),
  });
  await button('Crop door.png').click();
  const dialog = at.page.getByRole('dialog', { name: 'Crop door.png' });
  await dialog.getByText('432 × 243 pixels').waitFor();
  await dialog.getByText('1:1').click();
  await dialog.getByText('270 × 270 pixels').waitFor();
  await dialog.getByText('Free', { exact: true }).click();
  await dialog.getByLabel('Bottom right corner').focus();
  for (let step = 0; step < 4; step += 1) await at.page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => dialog.getByRole('status').textContent()).not.toBe('432 × 243 pixels');
  expect(await look('crop')).toEqual([]);
  await dialog.getByText('16:9').click();
  await dialog.getByRole('button', { name: 'Crop', exact: true }).click();
  await at.page.getByLabel('Alt text of door-cropped.png').waitFor();
  await at.page.getByText(/^1 picture has no alt text/u).waitFor();
  await button('Write it').click();
  await at.page.keyboard.type('A blue door');
  await at.page.getByText(/^1 picture has no alt text/u).waitFor({ state: 'detached' });
  await button('Back to the original of door-cropped.png').click();
  expect(await at.page.getByLabel('Alt text of door.png').inputValue()).toBe('A blue door');
});

it('a crop that is cancelled while it is written changes nothing', async () => {
  await show('compose');
  await at.page.locator('input[type=file]').setInputFiles({
    name: 'door.png',
    mimeType: 'image/png',
    buffer: Buffer.from(await practiceImage('#8a4f7d', 0.4)),
  });
  await button('Crop door.png').click();
  const dialog = at.page.getByRole('dialog', { name: 'Crop door.png' });
  await dialog.getByText('432 × 243 pixels').waitFor();
  await at.page.evaluate(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (made, ...more) {
      HTMLCanvasElement.prototype.toBlob = toBlob;
      const letGo = new Promise<void>((resolve) => {
        window.addEventListener('let-go', () => resolve(), { once: true });
      });
      void letGo.then(() =>
        toBlob.call(
          this,
          (blob) => {
            made(blob);
            setTimeout(() => document.body.setAttribute('data-written', ''), 500);
          },
          ...more,
        ),
      );
    };
  });
  await dialog.getByRole('button', { name: 'Crop', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await at.page.evaluate(() => window.dispatchEvent(new Event('let-go')));
  await at.page.locator('body[data-written]').waitFor();
  expect(await at.page.getByLabel(/^Alt text of/u).count()).toBe(1);
  expect(await at.page.getByLabel('Alt text of door.png').count()).toBe(1);
  expect(at.window.complaints).toEqual([]);
});

it('what moves is not cropped, and of too many files those that are left out are named', async () => {
  await show('compose');
  const picture = Buffer.from(await practiceImage('#8a4f7d', 0.4));
  // A chunk that says there are two images, after the first chunk of 25 bytes.
  const isTwo = Buffer.from([
    0, 0, 0, 8, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 2, 0, 0, 0, 0, 0xf3, 0x8d, 0x93, 0x70,
  ]);
  const moving = Buffer.concat([picture.subarray(0, 33), isTwo, picture.subarray(33)]);
  const files = at.page.locator('input[type=file]');
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
  await files.setInputFiles([file('still.png', picture), file('moving.png', moving)]);
  await button('Crop still.png').waitFor();
  await at.page.getByLabel('Alt text of moving.png').waitFor();
  const more = Array.from({ length: 20 }, (_, n) => file(`${String(n)}.png`, Buffer.alloc(n + 1, 'x')));
  await files.setInputFiles(more);
  await at.page
    .getByText('2 files were not added, because a post has at most 20 images and videos: 18.png, 19.png')
    .waitFor();
  await button('Crop 17.png').waitFor();
  expect(await at.page.getByLabel(/^Alt text of/u).count()).toBe(20);
  expect(await button('Crop moving.png').count()).toBe(0);
  expect(at.window.complaints).toEqual([]);
});

it('what a draft was is seen and put back, and what it is now stays among its versions', async () => {
  await show('compose');
  const kept = () => at.page.getByText(/^Kept as a draft at/u).waitFor();
  await sharedText().fill('The first words, which were better.');
  await kept();
  await sharedText().fill('Worse.');
  await button('Versions').click();
  const dialog = at.page.getByRole('dialog', { name: 'Versions of this draft' });
  await dialog.getByText('29 characters fewer').waitFor();
  expect(await look('versions')).toEqual([]);
  await dialog.getByRole('button', { name: /^Put back the version of/u }).click();
  await expect.poll(() => sharedText().inputValue()).toBe('The first words, which were better.');
  await button('Versions').click();
  await expect.poll(() => dialog.getByRole('listitem').count()).toBe(3);
});
