import { describe, expect, it } from 'vitest';
import { workInOneWindow } from './fixture/work-window.ts';

const at = workInOneWindow('work');
const { show, button, row, look } = at;

/** The choices between two instants; beside them the window offers other choices. */
const question = () => at.page.getByRole('radiogroup').last();

async function typeTime(date: string, hours: string, minutes: string): Promise<void> {
  await at.page.getByLabel('Date', { exact: true }).fill(date);
  await at.page.getByLabel('Hours').fill(hours);
  await at.page.getByLabel('Minutes').fill(minutes);
}

async function chooseFile(name: string): Promise<void> {
  await at.page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from('brand\n'),
  });
}

describe('the queue', () => {
  it('chooses by keyboard, shows the effect first, holds, and takes it back', async () => {
    await show('queue');
    await button(/^Scheduled 400$/u).click();
    await at.page.getByText('1 to 100 of 400').waitFor();
    await row(1).click();
    await at.page.keyboard.press('Shift+ArrowDown');
    await at.page.keyboard.press('Shift+ArrowDown');
    await at.page.getByText('3 posts chosen').waitFor();
    await button('Hold').click();
    expect(await look('hold')).toEqual([]);
    await button('Hold 3 posts').click();
    await at.page.getByText('3 posts are held.').waitFor();
    await button('Scheduled 397').waitFor();
    await at.page.keyboard.press('Control+z');
    await button('Scheduled 400').waitFor();
  });

  it('chooses a page with Ctrl+A and everything that matches with one more click', async () => {
    await show('queue');
    await row(1).click();
    await at.page.keyboard.press('Control+a');
    await at.page.getByText('100 posts chosen').waitFor();
    await button('Choose all 412 that match').click();
    await at.page.getByText('412 posts chosen').waitFor();
    await button('Cancel posts').click();
    await at.page.getByText('3 of those chosen stay as they are: 3 unconfirmed.').waitFor();
    await at.page.keyboard.press('Escape');
    await at.page.getByText('412 posts chosen').waitFor();
  });

  it('keeps what was filtered while another view is looked at', async () => {
    await show('queue');
    await at.page.getByLabel('Find in the text').fill('booksellers');
    await at.page.getByText(/^1 to \d+ of \d+$/u).waitFor();
    await at.page.getByRole('link', { name: 'Journal' }).or(button('Journal')).first().click();
    await at.page.getByRole('heading', { name: 'Journal' }).waitFor();
    await at.page.getByRole('link', { name: 'Queue' }).or(button('Queue')).first().click();
    expect(await at.page.getByLabel('Find in the text').inputValue()).toBe('booksellers');
  });

  it('opens a post with Enter, and Escape gives the focus back to its row', async () => {
    await show('queue');
    await row(3).click();
    await at.page.keyboard.press('Enter');
    await at.page.getByRole('dialog').waitFor();
    expect(await look('post')).toEqual([]);
    await at.page.keyboard.press('Escape');
    await at.page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect
      .poll(() => at.page.evaluate(() => document.activeElement?.closest('[role="row"]') !== null))
      .toBe(true);
  });

  it('settles an unconfirmed post in one click', async () => {
    await show('queue');
    await button('Unconfirmed 3').click();
    await at.page.getByText('1 to 3 of 3').waitFor();
    await row(1).dblclick();
    await button('It is published').click();
    await at.page.getByRole('dialog').getByText('Published', { exact: true }).first().waitFor();
    await at.page.keyboard.press('Escape');
    await button('Unconfirmed 2').waitFor();
  });

  it('takes a published post down only after a second click', async () => {
    await show('queue');
    await button(/^Published \d+$/u).click();
    await row(1).dblclick();
    await at.page.getByRole('button', { name: /^Take down from/u }).click();
    await button('Take down').waitFor();
    expect(await look('take-down')).toEqual([]);
  });

  it('shows the file of a practice post through the app, and says when it is gone', async () => {
    await show('queue');
    await button(/^Published \d+$/u).click();
    await at.page.getByRole('row').filter({ hasText: 'Practice ·' }).first().dblclick();
    const file = at.page.getByRole('button', { name: /^Show post-\d+\.json in its folder$/u });
    await file.click();
    const asked = await at.page.evaluate<{ channel: string; request: unknown }[]>(
      'globalThis.fake.requests()',
    );
    expect(asked).toContainEqual({
      channel: 'outbox.show',
      request: { url: expect.stringMatching(/^file:\/\/\/home\/camille\/.*\.json$/u) },
    });
    await at.page.evaluate("globalThis.fake.refuse('outbox.show', 'not-in-outbox', 'Not there.')");
    await file.click();
    await at.page.getByText('This file is no longer in the outbox folder.').waitFor();
    expect(await look('practice-post')).toEqual([]);
  });

  it('says that a stop holds what is scheduled, apart from what a person holds', async () => {
    await show('queue', { scenario: 'stopped', language: 'fr', theme: 'dark' });
    await at.page.getByRole('button', { name: /^Programmées 400 dont 400 bloquées par l’arrêt$/u }).click();
    await at.page.getByText('Bloquée par l’arrêt').first().waitFor();
    expect(await look('stopped-queue-fr')).toEqual([]);
  });
});

describe('moving posts', () => {
  it('asks about a time that does not exist, takes neither by itself, and says where the last one lands', async () => {
    await show('queue');
    await row(1).click();
    await at.page.keyboard.press('Control+a');
    await button('New time').click();
    await typeTime('28/03/2027', '02', '30');
    await at.page.getByText('02:30 does not exist on that day').waitFor();
    const confirm = at.page.getByRole('button', { name: /^Move \d+ posts$/u });
    expect(await confirm.isDisabled()).toBe(true);
    expect(await question().getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await look('gap')).toEqual([]);
    await question().getByRole('radio').nth(1).click();
    await at.page.getByText(/Sun,? 28 Mar 2027 at 03:30/u).waitFor();
    await at.page.getByText(/its last goes out/u).waitFor();
    expect(await confirm.isDisabled()).toBe(false);
    await confirm.click();
    await at.page.getByText(/\d+ posts have a new time\./u).waitFor();
  });

  it('refuses a time that has passed', async () => {
    await show('review');
    await button('New time').first().click();
    await typeTime('01/01/2020', '09', '30');
    await at.page.getByText(/has passed\.$/u).waitFor();
    expect(await button('Move 1 post').isDisabled()).toBe(true);
  });
});

describe('composing', () => {
  const write = async (text: string) => {
    await at.page.getByLabel('Text', { exact: true }).fill(text);
    await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  };

  it('counts for every account and keeps what does not fit from being scheduled', async () => {
    await show('compose');
    await write('a'.repeat(320));
    await at.page.getByText('320 of 300 on Bluesky: 20 too many').waitFor();
    await typeTime('01/12/2027', '09', '30');
    await button('Schedule').click();
    await at.page.getByText('Make the text fit, or leave out the accounts it does not fit.').waitFor();
    expect(await look('does-not-fit')).toEqual([]);
    expect(await at.page.getByLabel('Text', { exact: true }).inputValue()).toHaveLength(320);
  });

  it('asks which of two equal times is meant, and schedules the one that was chosen', async () => {
    await show('compose');
    await write('Twice');
    await typeTime('31/10/2027', '02', '30');
    await at.page.getByText('02:30 comes twice on that day').waitFor();
    await button('Schedule').click();
    await at.page.getByText('Say which time is meant: the clocks change then.').waitFor();
    await question().getByRole('radio').nth(1).check();
    await button('Schedule').click();
    await at.page.getByText('5 posts are scheduled').waitFor();
    expect(await look('scheduled')).toEqual([]);
  });

  it('keeps every word as a draft by itself and offers it again', async () => {
    await show('compose');
    await write('This must not be lost');
    await at.page.getByText(/^Kept as a draft at/u).waitFor();
    await button('New').click();
    await at.page.getByText(/You were writing “This must not be lost”/u).waitFor();
    expect(await at.page.getByLabel('Text', { exact: true }).inputValue()).toBe('');
    await button('Continue').click();
    await expect
      .poll(() => at.page.getByLabel('Text', { exact: true }).inputValue())
      .toBe('This must not be lost');
    expect(await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).isChecked()).toBe(
      true,
    );
  });

  it('keeps the form when scheduling is refused', async () => {
    await show('compose');
    await at.page.evaluate(() => {
      const { fake } = globalThis as unknown as { fake: { refuse(...words: string[]): void } };
      fake.refuse('post.schedule', 'storage', 'The disk is full. Nothing was scheduled.');
    });
    await at.page.getByLabel('Text', { exact: true }).fill('Still here');
    await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
    await typeTime('01/12/2027', '09', '30');
    await button('Schedule').click();
    await at.page.getByText('The disk is full. Nothing was scheduled.').waitFor();
    expect(await at.page.getByLabel('Text', { exact: true }).inputValue()).toBe('Still here');
  });

  it('says the lack of an alt text at the picture', async () => {
    await show('compose');
    await at.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await at.page.getByText('Missing. Say what can be seen, for people who cannot see it.').waitFor();
    await at.page.getByLabel('Alt text of door.png').fill('A blue door');
    await at.page
      .getByText('Missing. Say what can be seen, for people who cannot see it.')
      .waitFor({ state: 'detached' });
  });

  it('may go on during a stop, and says that nothing goes out before the release', async () => {
    await show('compose', { scenario: 'stopped', language: 'fr' });
    await at.page.getByText(/rien ne partira avant la levée de l’arrêt/u).waitFor();
    expect(await look('stopped-compose-fr')).toEqual([]);
  });
});

describe('importing', () => {
  it('reports row by row and writes nothing before the bad rows are left out on purpose', async () => {
    await show('import');
    await chooseFile('december.csv');
    await at.page.getByText('4 rows cannot be imported.', { exact: false }).waitFor();
    await at.page.getByText('images/door.jpg').waitFor();
    await at.page.getByText('It was read as Windows-1252', { exact: false }).waitFor();
    expect(await button('Import 106 posts').isDisabled()).toBe(true);
    expect(await look('import-report')).toEqual([]);
    await at.page.getByText('All (120)').click();
    expect(await look('import-rows')).toEqual([]);
    await at.page.getByRole('checkbox', { name: 'Leave out 4 bad rows and import the rest' }).check();
    await button('Import 106 posts').click();
    await at.page.getByText('106 posts imported').waitFor();
    await at.page.getByText('4 bad rows were left out.', { exact: false }).waitFor();
  });

  it('keeps the report while another view is looked at', async () => {
    await show('import');
    await chooseFile('december.csv');
    await at.page.getByText('Problems (4)').waitFor();
    await at.page.evaluate(() => {
      location.hash = '#/queue';
    });
    await at.page.getByRole('heading', { name: 'Queue' }).waitFor();
    await at.page.evaluate(() => {
      location.hash = '#/import';
    });
    await at.page.getByText('Problems (4)').waitFor();
  });

  it('tries accounts first, and adds none while a line is wrong', async () => {
    await show('import');
    await at.page.getByRole('tab', { name: 'Accounts' }).click();
    await chooseFile('accounts.csv');
    await at.page.getByText('http is allowed on this computer only.').waitFor();
    expect(await button('Add 9 accounts').isDisabled()).toBe(true);
  });

  it('writes the calendar out again', async () => {
    await show('import', { language: 'fr' });
    await at.page.getByRole('tab', { name: 'Exporter' }).click();
    await button('Exporter le calendrier').click();
    await at.page.getByText('400 publications ont été écrites', { exact: false }).waitFor();
  });
});

describe('reviewing', () => {
  it('chooses no answer beforehand and decides for all that are chosen', async () => {
    await show('review');
    await at.page.getByText('Nothing chosen').waitFor();
    await button('Choose all 7').click();
    await at.page.getByText('7 posts chosen').waitFor();
    await button('Cancel').first().click();
    await button('Cancel 7 posts').click();
    await at.page.getByText('7 posts are canceled.').waitFor();
    await at.page.getByText('No post was missed').waitFor();
  });

  it('settles unconfirmed posts one by one', async () => {
    await show('review');
    await at.page.getByRole('tab', { name: /^Unconfirmed/u }).click();
    await button('It is not').first().click();
    await at.page.getByRole('tab', { name: /^Unconfirmed\s*2$/u }).waitFor();
    await at.page.getByRole('tab', { name: /^Missed\s*8$/u }).waitFor();
    expect(await look('review-unconfirmed')).toEqual([]);
  });

  it('says each reason in the language of the window', async () => {
    await show('review', { language: 'fr', theme: 'dark' });
    await at.page.getByText('Son heure est venue pendant l’arrêt des publications.').first().waitFor();
    await at.page.getByRole('tab', { name: /^Retenues/u }).click();
    await at.page.getByText('Le compte dit déjà la même chose', { exact: false }).waitFor();
    expect(await look('review-held-fr')).toEqual([]);
  });
});

describe('the journal', () => {
  it('is searched, opened line by line, and verified', async () => {
    await show('journal');
    await at.page.getByText('Stop engaged: everything.').first().waitFor();
    await button('Verify the journal').click();
    await at.page.getByText(/^The journal is whole/u).waitFor();
    await at.page.getByLabel('Find in the journal').fill('breaking');
    await at.page
      .getByText(/^Reason given for the stop/u)
      .first()
      .waitFor();
    await at.page.getByText(/^5 lines/u).waitFor();
    await at.page.getByRole('list', { name: 'Journal' }).getByRole('button').first().click();
    await at.page.getByRole('dialog').getByText('stop.explained').waitFor();
    expect(await look('journal-line')).toEqual([]);
  });

  it('speaks French', async () => {
    await show('journal', { language: 'fr', theme: 'dark' });
    await at.page.getByText('Arrêt déclenché : tout.').first().waitFor();
    expect(await look('journal-fr')).toEqual([]);
  });
});

it('complains of nothing while all of this is done', () => {
  const real = at.window.complaints.filter((text) => !text.includes('Electron Security Warning'));
  expect([...new Set(real)]).toEqual([]);
});
