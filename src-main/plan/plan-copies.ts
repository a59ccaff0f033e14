import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrandId } from '../core/brand.ts';
import { writePrivateFile } from '../secrets/private-file.ts';

export type PlanCopies = {
  /** Puts the brand's page there and takes away the one under an earlier name. Rejects with what the system says. */
  write(brand: Named, page: string): Promise<string>;
  /**
   * Puts the pages there that differ from their copies, one at a time, and looks into the folder once for all of them. `pageOf` is asked
   * when a brand's turn has come; null leaves its copy as it is. One that cannot be written does not keep the others from it.
   */
  writeAll(brands: readonly Named[], pageOf: (id: BrandId) => string | null): Promise<void>;
};

type Named = { readonly id: BrandId; readonly name: string };

const MOST_SLUG = 60;

/**
 * Keeps a page of every plan beside the database, `<brand id>-<slug>.html`, to be opened with any browser when the app cannot start. One
 * write after the other, so that the last one asked for is the one that stays.
 */
export function createPlanCopies(dir: string): PlanCopies {
  let last: Promise<unknown> = Promise.resolve();

  async function replace(brand: Named, page: string, listed: readonly string[] | null): Promise<string> {
    const name = fileNameOf(brand);
    const path = join(dir, name);
    if ((await readFile(path, 'utf8').catch(() => null)) !== page) await writePrivateFile(path, page, false);
    for (const other of listed ?? copiesOf(await readdir(dir)).get(brand.id) ?? []) {
      if (other !== name) await rm(join(dir, other), { force: true });
    }
    return path;
  }

  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const written = last.then(write);
    last = written.catch(() => undefined);
    return written;
  }

  return {
    write: (brand, page) => inTurn(() => replace(brand, page, null)),
    async writeAll(brands, pageOf) {
      const listed = copiesOf(await readdir(dir).catch(() => []));
      for (const brand of brands) {
        await inTurn(async () => {
          const page = pageOf(brand.id);
          if (page !== null) await replace(brand, page, listed.get(brand.id) ?? []);
        }).catch(() => undefined);
      }
    },
  };
}

/** The pages in the folder, under whatever name, by the brand they are of. */
function copiesOf(names: readonly string[]): Map<BrandId, string[]> {
  const copies = new Map<BrandId, string[]>();
  for (const name of names) {
    const [, digits] = /^([1-9]\d*)-.*\.html$/su.exec(name) ?? [];
    if (digits === undefined) continue;
    const id = Number(digits);
    const mine = copies.get(id) ?? [];
    mine.push(name);
    copies.set(id, mine);
  }
  return copies;
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
