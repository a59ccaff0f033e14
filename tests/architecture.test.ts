import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = join(root, '.dependency-cruiser.cjs');
const checker = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const sourceFolders = ['src-main', 'src-preload', 'src-renderer'];

type Report = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
};

/** Runs the checker as `npm run check` does; it ends with the number of errors, so its exit code says nothing here. */
function checkImports(folder: string, paths: readonly string[]): Report {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [checker, '--config', config, '--output-type', 'json', ...paths],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What git keeps or would keep of the project, by glob; what is ignored does not count. */
function filesOf(pattern: string): string[] {
  const kept = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const names = new Set(kept.split('\n'));
  return globSync(pattern, { cwd: root }).filter((file) => names.has(file));
}

const sources = filesOf('{src-main,src-preload,src-renderer}/**/*.{ts,tsx}');

function linesIn(file: string): number {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1;
}

test('imports point the way the design says', () => {
  const report = checkImports(root, [...sourceFolders, 'tests', 'tools']);
  expect(report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  const read = new Set(report.modules.map(({ source }) => source));
  expect(sources.filter((file) => !read.has(file))).toEqual([]);
});

test('every rule about imports fires where it is broken', () => {
  const { forbidden }: { forbidden: { name: string }[] } = createRequire(import.meta.url)(config);
  const folder = mkdtempSync(join(tmpdir(), 'all-stop-planted-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const broken = new Set(
      checkImports(folder, [...sourceFolders, 'tests']).summary.violations.map(({ rule }) => rule.name),
    );
    expect([...broken].sort()).toEqual(forbidden.map(({ name }) => name).sort());
    const allowed = checkImports(folder, ['src-main/main.ts', 'src-main/core/post.ts']);
    expect(allowed.summary.violations).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const wrongWay = `import { view } from '../../src-renderer/view.ts';\nexport const seen = view;\n`;
const planted: Readonly<Record<string, string>> = {
  'src-renderer/view.ts': `export const view = 1;\n`,
  'src-main/core/post.ts': `export const post = 1;\n`,
  'src-main/main.ts': `import { app } from 'electron';\nimport { post } from './core/post.ts';\nexport const started = [app, post];\n`,
  'src-main/core/wrong.ts': wrongWay,
  'src-main/core/impure.ts': `import { join } from 'node:path';\nexport const joined = join;\n`,
  'src-main/storage/wrong.ts': wrongWay,
  'src-main/stop/wrong.ts': `import type { host } from '../desktop/wrong.ts';\nexport type Host = typeof host;\n`,
  'src-main/secrets/wrong.ts': wrongWay,
  'src-main/calendar/wrong.ts': wrongWay,
  'src-main/plan/wrong.ts': wrongWay,
  'src-main/report/wrong.ts': wrongWay,
  'src-main/yes/wrong.ts': wrongWay,
  'src-main/publisher/wrong.ts': wrongWay,
  'src-main/publisher/main.ts': `export const publisher = 1;\n`,
  'src-main/desktop/wrong.ts': `${wrongWay}export const host = 1;\n`,
  'src-main/desktop/cloud.ts': `import { request } from 'node:https';\nexport const ask = request;\n`,
  'src-main/drill/wrong.ts': wrongWay,
  'src-main/backup/wrong.ts': wrongWay,
  'src-main/ipc/wrong.ts': wrongWay,
  'src-main/cli/wrong.ts': wrongWay,
  'src-main/connectors/wrong.ts': `import { view } from '../../src-renderer/view.ts';\nexport const seen = view;\n`,
  'src-main/connectors/one/index.ts': `import { two } from '../two/index.ts';\nexport const one = two;\n`,
  'src-main/connectors/two/index.ts': `export const two = 2;\n`,
  'src-main/elsewhere/wrong.ts': wrongWay,
  'src-main/elsewhere/one/index.ts': `import { two } from '../two/index.ts';\nexport const one = two;\n`,
  'src-main/elsewhere/two/index.ts': `export const two = 2;\n`,
  'src-main/connectors/two/client.ts': `import { request } from 'node:http';\nexport const ask = request;\n`,
  'src-main/connectors/two/window.ts': `import type { BrowserWindow } from 'electron';\nexport type W = BrowserWindow;\n`,
  'src-main/connectors/two/entry.ts': `import { publisher } from '../../publisher/main.ts';\nexport const entry = publisher;\n`,
  'src-main/storage/ring-a.ts': `import type { b } from './ring-b.ts';\nexport type A = typeof b;\n`,
  'src-main/storage/ring-b.ts': `import type { A } from './ring-a.ts';\nexport const b = (a: A) => a;\n`,
  'tests/ring-a.ts': `import { b } from './ring-b.ts';\nexport const a = () => b;\n`,
  'tests/ring-b.ts': `import { a } from './ring-a.ts';\nexport const b = () => a;\n`,
  'src-main/storage/nowhere.ts': `import { lost } from './not-there.ts';\nexport const found = lost;\n`,
  'src-renderer/reaching.ts': `import { post } from '../src-main/core/post.ts';\nexport const seen = post;\n`,
  'src-renderer/schemas.ts': `import { requests } from '../src-preload/contract.ts';\nexport const seen = requests;\n`,
  'src-renderer/types.ts': `import type { requests } from '../src-preload/contract.ts';\nexport type R = typeof requests;\n`,
  'src-preload/views.ts': `export const view = 1;\n`,
  'src-preload/contract.ts': `import { join } from 'node:path';\nimport { view } from './views.ts';\nexport const requests = [join, view];\n`,
  'src-preload/preload.ts': `import type { post } from '../src-main/core/post.ts';\nexport type Post = typeof post;\n`,
};

test('no file is longer than 400 lines, and main.ts is a table of contents', () => {
  const files = filesOf('{src-main,src-preload,src-renderer,tests,tools}/**/*.{ts,tsx,mjs,cjs,css}');
  expect(files.length).toBeGreaterThan(sources.length);
  expect(files.map((file) => [file, linesIn(file)]).filter(([, lines]) => Number(lines) > 400)).toEqual([]);
  expect(linesIn('src-main/main.ts')).toBeLessThanOrEqual(120);
});

test('main shows no dialog that blocks its loop: a press of the shortcut would wait for it', () => {
  const blocking = /show(?:Open|Save|Message|Error)(?:Dialog|Box)Sync|showErrorBox/u;
  const shown = filesOf('src-main/**/*.ts').filter((file) =>
    blocking.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(shown).toEqual([]);
});

test('nothing outside its own folder names a network', () => {
  const networks = readdirSync(join(root, 'src-main/connectors'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  expect(networks.length).toBeGreaterThanOrEqual(4);
  const mayNameThem = (file: string) =>
    file === 'src-main/connectors/index.ts' || file.startsWith('src-main/calendar/practice');
  const naming = sources.flatMap((file) => {
    if (mayNameThem(file)) return [];
    const text = withoutComments(readFileSync(join(root, file), 'utf8'));
    return networks
      .filter((network) => !file.startsWith(`src-main/connectors/${network}/`))
      .filter((network) => new RegExp(`(['"\`])${network}\\1`, 'u').test(text))
      .map((network) => `${file} names ${network}`);
  });
  expect(naming).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/^\s*\/\/.*$/gmu, '');
}

test('every connector runs the conformance suite', () => {
  const folders = readdirSync(join(root, 'src-main/connectors'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  const without = folders.filter((name) => !testsOf(name).some((text) => /conformance/u.test(text)));
  expect(without).toEqual([]);
});

function testsOf(connector: string): string[] {
  const places = [
    `tests/connectors/${connector}.test.ts`,
    ...filesOf(`tests/connectors/${connector}/**/*.test.ts`),
  ];
  return places
    .filter((file) => existsSync(join(root, file)))
    .map((file) => readFileSync(join(root, file), 'utf8'));
}
