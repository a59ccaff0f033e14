import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { until } from '../support/desktop-session.ts';
import { prepareStage } from './stage.ts';

const stage = prepareStage();

describe('the window', () => {
  test('shows the page from app://main with script and style of its own', async () => {
    expect(stage.page.url()).toBe('app://main/');
    await expect.poll(() => stage.page.evaluate('window.scriptRan')).toBe(true);
    expect(await stage.page.evaluate(() => document.querySelector('meta')?.ownerDocument.title)).toBe(
      'fixture',
    );
  });

  test('runs no inline script and takes no style without the nonce', async () => {
    expect(await stage.page.evaluate('window.inlineRan')).toBeUndefined();
    const style = await stage.page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector('#styled') as Element);
      return { color, backgroundColor };
    });
    expect(style.color).toBe('rgb(1, 2, 3)');
    expect(style.backgroundColor).not.toBe('rgb(9, 9, 9)');
  });

  test('gets a new nonce on every load', async () => {
    const nonce = () =>
      stage.page.evaluate(() => document.querySelector<HTMLMetaElement>('[name=csp-nonce]')?.content);
    const first = await nonce();
    await stage.fixture.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reload(),
    );
    await expect.poll(nonce).not.toBe(first);
    expect(first).toMatch(/^[A-Za-z0-9+/]{24}$/u);
  });

  test('may load itself anew', async () => {
    await stage.page.evaluate('window.isTheOldPage = true');
    await stage.page.evaluate('setTimeout(() => location.reload(), 20)');
    await expect.poll(() => stage.page.evaluate('window.isTheOldPage')).toBeUndefined();
    await expect.poll(() => stage.page.evaluate('window.scriptRan')).toBe(true);
    expect(stage.page.url()).toBe('app://main/');
  });

  test('is sandboxed, isolated and without Node', async () => {
    expect(await stage.page.evaluate('typeof require + typeof process + typeof module')).toBe(
      'undefinedundefinedundefined',
    );
    expect(
      await stage.page.evaluate(() => Object.keys((window as unknown as { allStop: object }).allStop).sort()),
    ).toEqual(['offerFile', 'on', 'request']);
    const preferences = await stage.fixture.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('serves nothing but the files of the page', async () => {
    const statuses = await stage.fixture.app.evaluate(async ({ session }) => {
      const paths = [
        '/',
        '/index.html',
        '/assets/page.js',
        '/secret.txt',
        '/../secret.txt',
        '/..%2fsecret.txt',
        '/%2e%2e/secret.txt',
        '/assets/..%5c..%5csecret.txt',
        '/assets/',
        '/assets/page.js?x=1',
        '/package.json',
        '/%00',
        '/%E0%A4%A',
      ];
      const answers: Record<string, number> = {};
      for (const path of paths) {
        const answer = await (session.defaultSession as unknown as { fetch: typeof fetch })
          .fetch(`app://main${path}`)
          .catch(() => null);
        answers[path] = answer?.status ?? 0;
      }
      const other = await (session.defaultSession as unknown as { fetch: typeof fetch })
        .fetch('app://other/')
        .catch(() => null);
      return { ...answers, other: other?.status ?? 0 };
    });
    const {
      '/': root,
      '/index.html': index,
      '/assets/page.js': script,
      ...others
    } = statuses as Record<string, number>;
    expect([root, index, script]).toEqual([200, 200, 200]);
    for (const [path, status] of Object.entries(others)) expect([0, 404], path).toContain(status);
  });

  test('reaches no other address', async () => {
    const reached = await stage.page.evaluate(async () => {
      const tries = [
        'http://127.0.0.1:1/',
        'https://example.invalid/',
        'app://main/index.html',
        'file:///etc/passwd',
      ];
      const all = await Promise.allSettled(tries.map((one) => fetch(one)));
      return all.map((one) => one.status);
    });
    expect(reached).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  test('makes a file a person chose known to main by its path, and has no other way to name one', async () => {
    await stage.page.setInputFiles('#file', join(stage.folder, 'secret.txt'));
    const answers = await stage.page.evaluate(async () => {
      const { allStop } = window as unknown as {
        allStop: {
          offerFile(file: unknown, purpose: string): Promise<{ ok: boolean; error?: { code: string } }>;
          request(channel: string, body: unknown): Promise<{ ok: boolean; error?: { code: string } }>;
        };
      };
      const chosen = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
      const forged = new File(['x'], 'x.csv');
      Object.defineProperty(forged, 'path', { value: '/etc/passwd' });
      return {
        chosen: await allStop.offerFile(chosen, 'calendar'),
        made: await allStop.offerFile(new File(['x'], '/etc/passwd'), 'calendar'),
        forged: await allStop.offerFile(forged, 'calendar'),
        none: await allStop.offerFile({ path: '/etc/passwd' }, 'calendar').catch(() => null),
        asked: await allStop.request('file.offer', { purpose: 'calendar', path: '/etc/passwd' }),
      };
    });
    expect(answers.chosen).toMatchObject({ ok: true });
    expect(answers.made).toMatchObject({ ok: false, error: { code: 'no-path' } });
    expect(answers.forged).toMatchObject({ ok: false, error: { code: 'no-path' } });
    expect(answers.none?.ok ?? false).toBe(false);
    expect(answers.asked).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const offered = await stage.fixture.event('request', ({ channel }) => channel === 'file.offer');
    expect(offered.request).toEqual({ purpose: 'calendar', path: join(stage.folder, 'secret.txt') });
    expect(stage.fixture.count('request', ({ channel }) => channel === 'file.offer')).toBe(1);
  });

  test('stays on its page', async () => {
    await stage.page.evaluate(() => {
      (document.querySelector('#away') as HTMLElement).click();
      location.href = 'data:text/html,gone';
      location.assign('file:///etc/passwd');
    });
    await stage.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.invalid/';
      document.body.append(frame);
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(stage.page.url()).toBe('app://main/');
    expect(await stage.page.evaluate('window.scriptRan')).toBe(true);
  });

  test('opens no second window; a link goes to the browser, and only an https one', async () => {
    await stage.page.evaluate(() => (document.querySelector('#blank') as HTMLElement).click());
    await stage.fixture.event('link', ({ url }) => url === 'https://example.invalid/blank');
    await stage.page.evaluate(() => window.open('javascript:alert(1)'));
    await stage.page.evaluate(() => window.open('file:///etc/passwd'));
    await stage.page.evaluate(() => window.open('https://elsewhere.invalid/'));
    await stage.fixture.event('link', ({ url }) => url === 'https://elsewhere.invalid/');
    await until(async () => (await stage.desktop.openedUrls()).length > 0, 5_000, 'the browser');
    expect(await stage.desktop.openedUrls()).toEqual(['https://example.invalid/blank']);
    expect(
      await stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    ).toBe(1);
  });

  test('is given no permission', async () => {
    const answers = await stage.page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'clipboard-read', 'camera', 'microphone', 'midi'];
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
    });
    expect(new Set(answers)).toEqual(new Set(['denied']));
    expect(await stage.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('says the state in its title, in the language chosen', async () => {
    const title = () =>
      stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await stage.fixture.call('setState', 'stopped');
    expect(await title()).toBe('STOPPED: nothing is published – All Stop');
    await stage.page.evaluate(() => {
      document.title = 'the page has no say in this';
    });
    expect(await title()).toBe('STOPPED: nothing is published – All Stop');
  });

  test('keeps everything in the data stage.folder, which only its owner may read', async () => {
    const ready = await stage.fixture.event('ready');
    expect(ready.dataDir).toBe(stage.fixture.dataDir);
    expect(ready.sessionData).toBe(join(stage.fixture.dataDir, 'window'));
    expect((await stat(stage.fixture.dataDir)).mode & 0o777).toBe(0o700);
  });
});

describe('the bridge', () => {
  const request = (channel: string, body: unknown) =>
    stage.page.evaluate(
      ([name, value]) =>
        (
          window as unknown as { allStop: { request(channel: unknown, body: unknown): Promise<unknown> } }
        ).allStop.request(name, value),
      [channel, body] as const,
    );

  test('answers a request with a value', async () => {
    expect(await request('app.read', {})).toEqual({ ok: true, value: { channel: 'app.read' } });
  });

  test('refuses what does not have its shape, and what it does not know', async () => {
    expect(await request('post.read', { postId: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await request('post.read', { postId: 1, more: 2 })).toMatchObject({ ok: false });
    expect(await request('no.such', {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(stage.fixture.count('request', ({ channel }) => channel === 'post.read')).toBe(0);
  });

  test('never refuses a stop: one that cannot be understood stops everything', async () => {
    expect(
      await request('stop.engage', { scopes: [{ kind: 'brand', brandId: 'all of them' }] }),
    ).toMatchObject({
      ok: true,
    });
    const seen = await stage.fixture.event('request', ({ channel }) => channel === 'stop.engage');
    expect(seen.request).toEqual({
      scopes: [{ kind: 'everything' }],
      widenedFrom: '[{"kind":"brand","brandId":"all of them"}]',
    });
  });

  test('a throw becomes a value with a number that is in the log, and nothing else of it', async () => {
    const answer = (await request('desk.read', {})) as { error: { code: string; message: string } };
    expect(answer.error.code).toBe('internal');
    expect(answer.error.message).toContain('f1');
    expect(answer.error.message).not.toContain('a bug');
    expect(await stage.fixture.event('fault')).toMatchObject({ id: 'f1', channel: 'desk.read' });
  });

  test('carries an event to the page and nothing with it', async () => {
    await stage.page.evaluate(() => {
      const { allStop } = window as unknown as {
        allStop: { on(name: string, listener: (...all: unknown[]) => void): () => void };
      };
      Object.assign(window, { heard: [] });
      allStop.on('import.progress', (...all) => (window as unknown as { heard: unknown[] }).heard.push(all));
    });
    await stage.fixture.call('notify', 'import.progress', { done: 1, total: 3 });
    await stage.fixture.call('notify', 'import.progress', { done: 2, total: 3 });
    await stage.fixture.call('notify', 'import.progress', { done: 3, total: 3 });
    await expect
      .poll(() => stage.page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
      .toEqual([[{ done: 1, total: 3 }], [{ done: 3, total: 3 }]]);
  });

  test('does not listen to a page from elsewhere', async () => {
    const answer = await stage.fixture.app.evaluate(async ({ BrowserWindow, app }) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/preload.cjs`, sandbox: true, contextIsolation: true },
      });
      await other.loadURL('app://main/');
      const said = await other.webContents.executeJavaScript("allStop.request('stop.list', { limit: 1 })");
      other.destroy();
      return said;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(stage.fixture.count('request', ({ channel }) => channel === 'stop.list')).toBe(0);
    expect(await stage.fixture.event('fault', ({ channel }) => channel === 'stop.list')).toBeDefined();
  });
});
