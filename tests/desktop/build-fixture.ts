import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** Bundles one entry as the app is bundled: CommonJS, Node 18, everything inside but Electron. */
async function bundle(entry: string, outDir: string, name: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(root, entry),
      outDir,
      emptyOutDir: false,
      target: 'node18',
      rolldownOptions: {
        external: ['electron', 'sqlite3', 'usocket', 'x11'],
        output: { format: 'cjs', entryFileNames: name, codeSplitting: false },
      },
    },
  });
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="csp-nonce" content="__NONCE__" />
    <title>fixture</title>
    <style nonce="__NONCE__">#styled { color: rgb(1, 2, 3); }</style>
    <style>#styled { background-color: rgb(9, 9, 9); }</style>
    <script>window.inlineRan = true;</script>
    <script type="module" src="./assets/page.js"></script>
  </head>
  <body>
    <h1 id="styled">fixture</h1>
    <a id="away" href="https://example.invalid/away">away</a>
    <a id="blank" href="https://example.invalid/blank" target="_blank">blank</a>
    <input id="file" type="file" />
  </body>
</html>
`;

/** Builds a small app around the shell's parts into a temporary folder. The caller removes it. */
export async function buildFixture(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'all-stop-fixture-'));
  await bundle('tests/desktop/fixture-main.ts', dir, 'main.cjs');
  await bundle('src-preload/preload.ts', dir, 'preload.cjs');
  await mkdir(join(dir, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(dir, 'renderer', 'index.html'), page);
  await writeFile(join(dir, 'renderer', 'assets', 'page.js'), 'window.scriptRan = true;\n');
  await writeFile(join(dir, 'secret.txt'), 'not served\n');
  await writeFile(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'all-stop-fixture', version: '1.2.3', main: 'main.cjs' }),
  );
  return dir;
}
