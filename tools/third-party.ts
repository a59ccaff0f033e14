import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Where each of the builds leaves the packages it took in, and the one file made of them. */
export const bundledFile = (part: string) => `out/bundled-${part}.json`;
export const noticesFile = 'out/third-party-notices.txt';
/** Between two packages. The app splits the file there. */
const SEPARATOR = '═'.repeat(80);

/** '/x/node_modules/a/node_modules/@b/c/lib/d.js' is '/x/node_modules/a/node_modules/@b/c'; null for what is in no package. */
export function packageOf(moduleId: string): string | null {
  const path = moduleId.replace(/^\0/u, '').replace(/\?.*$/u, '').replaceAll('\\', '/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(path)?.[0] ?? null;
}

/** Notes the packages of which something is in what was built: code by its chunks, styles and files by the modules that were read. */
export function noteBundled(root: string, part: string): Plugin {
  return {
    name: 'note-bundled',
    async generateBundle(_, bundle) {
      const ids = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
      const files = [...this.getModuleIds()].filter((id) => /\.(?:css|json|aff|dic|wasm)(?:\?|$)/u.test(id));
      const found = new Set([...ids, ...files].flatMap((id) => packageOf(id) ?? []));
      const path = join(root, bundledFile(part));
      await mkdir(join(root, 'out'), { recursive: true });
      await writeFile(path, JSON.stringify([...found].sort()));
    },
  };
}

/** Of an installed package: what it is, and the words it asks to be shipped with. */
type Notice = { readonly name: string; readonly version: string; readonly text: string };

/**
 * Writes the one file that names every package that is shipped, with its licence in its own words: what the builds took in, what is shipped
 * beside them (`beside`: names of packages, with all that they need), and Electron. Throws where a package says nothing of its licence.
 */
export async function writeNotices(
  root: string,
  parts: readonly string[],
  beside: readonly string[],
): Promise<void> {
  const folders = new Set<string>();
  for (const part of parts) {
    const noted = await readFile(join(root, bundledFile(part)), 'utf8').catch(() => '[]');
    for (const folder of JSON.parse(noted) as string[]) folders.add(folder);
  }
  for (const name of beside) folders.add(join(root, 'node_modules', name));
  for (const folder of await neededBy(root)) folders.add(folder);
  const notices = new Map<string, Notice>();
  for (const folder of folders) {
    const notice = await noticeOf(folder);
    notices.set(`${notice.name} ${notice.version}`, notice);
  }
  const sorted = [...notices.values()].sort((a, b) => a.name.localeCompare(b.name));
  await writeFile(join(root, noticesFile), `${sorted.map(({ text }) => text).join(`\n${SEPARATOR}\n`)}\n`);
}

/** The folders of packages that are no part of the bundles: those the lock file does not call development. */
async function neededBy(root: string): Promise<readonly string[]> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  const installed: string[] = [];
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (path === '' || dev || devOptional) continue;
    const folder = join(root, path);
    if ((await readFile(join(folder, 'package.json')).catch(() => null)) !== null) installed.push(folder);
  }
  return installed;
}

async function noticeOf(folder: string): Promise<Notice> {
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string | { type?: string };
    licenses?: { type?: string }[];
    homepage?: string;
    repository?: string | { url?: string };
    author?: string | { name?: string };
  };
  const names = (await readdir(folder)).filter((name) =>
    /^(?:licen[cs]e|copying|notice|unlicense)/iu.test(name),
  );
  const texts: string[] = [];
  for (const name of names.sort())
    texts.push(((await readFile(join(folder, name), 'utf8').catch(() => '')) as string).trim());
  const said = about.license ?? about.licenses?.map(({ type }) => type).join(' or ');
  const licence = (typeof said === 'string' ? said : said?.type) ?? '';
  if (licence === '' && texts.length === 0) throw new Error(`${about.name} does not say its licence.`);
  const author = typeof about.author === 'string' ? about.author : (about.author?.name ?? '');
  const repository = typeof about.repository === 'string' ? about.repository : (about.repository?.url ?? '');
  const source = (repository || about.homepage || '').replace(/^git\+/u, '');
  const head = [
    `${about.name} ${about.version}`,
    `Licence: ${licence || 'see below'}`,
    ...(source === '' ? [] : [`Source: ${source}`]),
  ];
  // Without a file of its own: what it is under, and by whom.
  const words =
    texts.filter((text) => text !== '').join('\n\n') || (author === '' ? '' : `Copyright: ${author}`);
  return { name: about.name, version: about.version, text: [...head, '', words].join('\n').trim() };
}
