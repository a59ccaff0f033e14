import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrandId } from '../core/brand.ts';
import { writePrivateFile } from '../secrets/private-file.ts';

export type PlanCopies = {
  /** Puts the brand's page there and takes away the one under an earlier name. Rejects with what the system says. */
  write(brand: { readonly id: BrandId; readonly name: string }, page: string): Promise<string>;
};

const MOST_SLUG = 60;

/**
 * Keeps a page of every plan beside the database, `<brand id>-<slug>.html`, to be opened with any browser when the app cannot start. One
 * write after the other, so that the last one asked for is the one that stays.
 */
export function createPlanCopies(dir: string): PlanCopies {
  let last: Promise<unknown> = Promise.resolve();

  async function replace(brand: { id: BrandId; name: string }, page: string): Promise<string> {
    const name = fileNameOf(brand);
    const path = join(dir, name);
    if ((await readFile(path, 'utf8').catch(() => null)) !== page) await writePrivateFile(path, page, false);
    for (const other of await readdir(dir)) {
      if (other !== name && other.startsWith(`${brand.id}-`) && other.endsWith('.html'))
        await rm(join(dir, other), { force: true });
    }
    return path;
  }

  return {
    write(brand, page) {
      const written = last.then(() => replace(brand, page));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

/** '12-maison-verrier.html'; only letters, digits and hyphens of ASCII, whatever the brand is called. */
function fileNameOf({ id, name }: { id: BrandId; name: string }): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, MOST_SLUG);
  return `${id}-${slug === '' ? 'plan' : slug}.html`;
}
