import type { Brand, BrandId } from './core/brand.ts';
import type { Plan } from './core/plan.ts';
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
  /**
   * Writes whatever copy is missing or no longer what the plan says: after another copy of the data folder was put back. `isOver` ends it
   * between two brands.
   */
  keepAll(isOver: () => boolean): Promise<void>;
};

export function createPlanPages(deps: {
  dir: string;
  storage: Pick<Storage, 'plans' | 'otherTools'>;
  directory: Pick<Directory, 'read'>;
  /** What a network is called. */
  networkName: (network: string) => string;
}): PlanPages {
  const copies = createPlanCopies(deps.dir);
  /** Brands kept while all are being kept: what was read for all of them is older. */
  const keptSince = new Set<BrandId>();

  /** The page of every brand that has a plan, made when it is asked for. Reads each list once, however many brands there are. */
  async function readAll(plansOf: () => Promise<readonly Plan[]>) {
    const [plans, { brands, accounts }, tools] = await Promise.all([
      plansOf(),
      deps.directory.read(),
      deps.storage.otherTools.list(),
    ]);
    const toolsOf = new Map<BrandId, PlacedTool[]>();
    for (const tool of tools) {
      const account = accounts.get(tool.accountId);
      if (!account) continue;
      const mine = toolsOf.get(account.brandId) ?? [];
      mine.push({ ...tool, account: `${account.name} (${deps.networkName(account.network)})` });
      toolsOf.set(account.brandId, mine);
    }
    return plans.flatMap((plan) => {
      const brand = brands.get(plan.brandId);
      const page = (of: Brand) => planPage(of, plan, toolsOf.get(of.id) ?? []);
      return brand ? [{ id: brand.id, name: brand.name, page: () => page(brand) }] : [];
    });
  }

  async function read(brandId: BrandId) {
    const [made] = await readAll(async () => {
      const plan = await deps.storage.plans.read(brandId);
      return plan ? [plan] : [];
    });
    return made ? { id: made.id, name: made.name, page: made.page() } : null;
  }

  async function keep(brandId: BrandId): Promise<string> {
    keptSince.add(brandId);
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
    async keepAll(isOver) {
      keptSince.clear();
      const all = new Map((await readAll(deps.storage.plans.list)).map((made) => [made.id, made]));
      await copies.writeAll([...all.values()], (id) =>
        isOver() || keptSince.has(id) ? null : (all.get(id)?.page() ?? null),
      );
    },
  };
}
