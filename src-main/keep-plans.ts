import type { BrandId } from './core/brand.ts';
import type { Storage } from './core/stores.ts';
import type { Directory } from './ipc/directory.ts';
import { createPlanCopies } from './plan/plan-copies.ts';
import { type PlacedTool, planPage } from './plan/plan-page.ts';

/** The plans as pages that can be read and printed without the app. */
export type PlanPages = {
  /** The brand's page as it is now; null when it has no plan. */
  read(brandId: BrandId): Promise<{ readonly name: string; readonly page: string } | null>;
  /** Writes the copy of a brand that has a plan. @returns what the system says when it cannot be written; '' when all is well. */
  keep(brandId: BrandId): Promise<string>;
  /** Writes whatever copy is missing or no longer what the plan says: after another copy of the data folder was put back. */
  keepAll(): Promise<void>;
};

export function createPlanPages(deps: {
  dir: string;
  storage: Pick<Storage, 'plans' | 'otherTools'>;
  directory: Pick<Directory, 'read'>;
  /** What a network is called. */
  networkName: (network: string) => string;
}): PlanPages {
  const copies = createPlanCopies(deps.dir);

  async function toolsOf(brandId: BrandId): Promise<PlacedTool[]> {
    const [{ accounts }, tools] = await Promise.all([deps.directory.read(), deps.storage.otherTools.list()]);
    return tools.flatMap((tool) => {
      const account = accounts.get(tool.accountId);
      return account?.brandId === brandId
        ? [{ ...tool, account: `${account.name} (${deps.networkName(account.network)})` }]
        : [];
    });
  }

  async function read(brandId: BrandId) {
    const [plan, { brands }] = await Promise.all([deps.storage.plans.read(brandId), deps.directory.read()]);
    const brand = brands.get(brandId);
    return plan && brand
      ? { id: brandId, name: brand.name, page: planPage(brand, plan, await toolsOf(brandId)) }
      : null;
  }

  async function keep(brandId: BrandId): Promise<string> {
    const made = await read(brandId);
    if (!made) return '';
    try {
      await copies.write(made, made.page);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  return {
    read,
    keep,
    async keepAll() {
      for (const { brandId } of await deps.storage.plans.list()) await keep(brandId);
    },
  };
}
