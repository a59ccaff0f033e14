import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './bound-process.ts';
import { withLock } from './lock.ts';
import { hasCode, packageFolder, projectRoot } from './project.ts';
import { writeNotices } from './third-party.ts';

const sources = ['src-main', 'src-preload', 'src-renderer', 'resources'];
const settings = [
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'tools/third-party.ts',
];
/** Lies among what the build empties first, so a build that broke off leaves none. */
const mark = 'out/main/built-from';

type Deps = {
  /** The folder that holds package.json. */
  readonly root?: string;
  say(line: string): void;
};

/** Builds `out/` unless it was built from exactly these sources. Throws with the builder's own words when it cannot. */
export async function ensureBuilt({ root = projectRoot, say }: Deps): Promise<void> {
  await withLock(join(root, 'out'), async () => {
    const wanted = await fingerprint(root);
    if ((await readFile(join(root, mark), 'utf8').catch(() => '')) === wanted) return;
    say('Building the app…');
    await rm(join(root, mark), { force: true });
    const builder = join(packageFolder('electron-vite'), 'bin/electron-vite.js');
    // A test runner sets NODE_ENV=test, with which libraries build their slow test variants into the app.
    const env = { ...process.env, NODE_ENV: 'production' };
    const { ok, output } = await run(process.execPath, [builder, 'build'], { cwd: root, env });
    if (!ok) throw new Error(`${output.trim()}\nThe app could not be built.`);
    await writeNotices(root, ['main', 'preload', 'renderer', 'worker'], ['electron']);
    await mkdir(join(root, 'out/main'), { recursive: true });
    await writeFile(join(root, mark), wanted);
  });
}

/** One digest over the name and content of everything that goes into the build. */
export async function fingerprint(root: string): Promise<string> {
  const names = [...settings];
  for (const folder of sources) names.push(...(await filesIn(root, folder)));
  const hash = createHash('sha256');
  for (const name of names.sort()) {
    const content = await readFile(join(root, name)).catch(() => Buffer.alloc(0));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  } catch (fault) {
    if (hasCode(fault, 'ENOENT')) return [];
    throw fault;
  }
}
