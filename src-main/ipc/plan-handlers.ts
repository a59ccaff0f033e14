import type * as view from '../../src-preload/plan-views.ts';
import { checkSteps, checkTools, lacksOf, type OtherTool, type Plan } from '../core/plan.ts';
import { brandPlace } from '../core/release-plan.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers } from '../core/scope.ts';
import { plansPath } from '../data-folder.ts';
import { type Desk, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';
import type { Tick } from './stop-ticks.ts';

type PlanHandlers = Pick<
  Handlers,
  | 'plan.read'
  | 'plan.list'
  | 'plan.save'
  | 'plan.print'
  | 'plan.showCopies'
  | 'tool.list'
  | 'tool.save'
  | 'checklist.read'
  | 'checklist.tick'
>;

/** A stop that begins so soon after another ended belongs to the same crisis. */
const SAME_CRISIS_MS = 60 * 60_000;
const MOST_STOPS = 200;

/** How long after its release what belongs to a stop may still be ticked off: the work goes on past the key. */
const TICKS_AFTER_MS = 24 * 60 * 60_000;

/** Crisis plans, the tools beside us, and what of both was done during a stop. */
export function createPlanHandlers(desk: Desk): PlanHandlers {
  const noSuchBrand = () => refuse('no-such-brand', 'This brand is no longer there.');

  async function readTools(open: OpenDesk): Promise<view.OtherToolView[]> {
    const [{ accounts }, tools] = await Promise.all([open.directory.read(), open.storage.otherTools.list()]);
    return tools.flatMap((tool) => {
      const account = accounts.get(tool.accountId);
      return account ? [toToolView(tool, account.brandId)] : [];
    });
  }

  /**
   * A crisis goes on when one stop follows another: what was ticked off under a stop that overlaps this one, or ended within the hour before
   * it, counts under it too, with its name and time.
   */
  async function readTicks(stopId: string): Promise<view.TickView[]> {
    const stop = await desk.history.read(stopId);
    const others = stop ? await desk.history.list(MOST_STOPS) : [];
    const ids = others
      .filter((other) => other.engagedAt <= (stop?.releasedAt ?? desk.clock.now()))
      .filter((other) => (other.releasedAt ?? desk.clock.now()) >= (stop?.engagedAt ?? 0) - SAME_CRISIS_MS)
      .map(({ id }) => id);
    return [...(await desk.ticks.read([stopId, ...ids]))];
  }

  /** Null when the stop is unknown here. */
  async function isOpen(stopId: string): Promise<boolean | null> {
    const stop = await desk.history.read(stopId);
    if (!stop) return null;
    return stop.releasedAt === null || desk.clock.now() - stop.releasedAt < TICKS_AFTER_MS;
  }

  /** Whether the stop covers the brand or one of its accounts. */
  async function isCovered(open: OpenDesk, stopId: string, brandId: number): Promise<boolean> {
    const scope = (await desk.history.read(stopId))?.scope;
    if (!scope) return false;
    const { brands, accounts } = await open.directory.read();
    const market = brands.get(brandId)?.market ?? '';
    if (covers(scope, brandPlace({ brandId, market }))) return true;
    return [...accounts.values()].some(
      (account) =>
        account.brandId === brandId &&
        covers(scope, { brandId, market, accountId: account.id, network: account.network }),
    );
  }

  /** What a tick is about, in the words of now. */
  async function subjectOf(
    open: OpenDesk,
    asked: { brandId: number; kind: 'step' | 'tool'; key: string },
  ): Promise<Result<Pick<Tick, 'brand' | 'text' | 'more'>>> {
    const { brands, accounts } = await open.directory.read();
    const brand = brands.get(asked.brandId);
    if (!brand) return noSuchBrand();
    const gone = () => refuse('no-such-entry', 'This entry is no longer in the plan.');
    if (asked.kind === 'step') {
      const plan = await open.storage.plans.read(asked.brandId);
      const step = plan?.steps.find(({ key }) => key === asked.key);
      return step ? ok({ brand: brand.name, text: step.text, more: step.who }) : gone();
    }
    const tool = (await open.storage.otherTools.list()).find(
      ({ key, accountId }) => toolKey(accountId, key) === asked.key,
    );
    const account = tool && accounts.get(tool.accountId);
    if (!tool || account?.brandId !== asked.brandId) return gone();
    const network = desk.connectorFor(account.network)?.name ?? account.network;
    return ok({ brand: brand.name, text: tool.name, more: `${account.name} (${network})` });
  }

  return {
    async 'plan.read'({ brandId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const plan = await open.value.storage.plans.read(brandId);
      return ok(plan ? toPlanView(plan, '') : null);
    },

    async 'plan.list'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      return ok((await open.value.storage.plans.list()).map(toSummary));
    },

    async 'plan.save'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const checked = checkSteps(request.steps);
      if (!checked.ok) return checked;
      const saved = await open.value.storage.plans.save(request, desk.clock.now());
      if (!saved.ok) return saved;
      desk.notify('plan.changed', {});
      return ok(toPlanView(saved.value, await open.value.planPages.keep(request.brandId)));
    },

    async 'plan.print'({ brandId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const made = await open.value.planPages.read(brandId);
      if (!made) return refuse('no-plan', 'This brand has no plan yet.');
      try {
        return ok({
          path: await desk.savePdf(made.page, `${made.name.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim()}.pdf`),
        });
      } catch (error) {
        return refuse('not-printed', `The PDF could not be written: ${(error as Error).message}`);
      }
    },

    async 'plan.showCopies'() {
      await desk.openFolder(plansPath(desk.dataDir));
      return ok({ shown: true });
    },

    async 'tool.list'() {
      const open = needDesk(desk);
      return open.ok ? ok(await readTools(open.value)) : open;
    },

    async 'tool.save'({ accountId, tools }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const checked = checkTools(tools);
      if (!checked.ok) return checked;
      const saved = await open.value.storage.otherTools.replace(accountId, tools);
      if (!saved.ok) return saved;
      const account = (await open.value.directory.read()).accounts.get(accountId);
      const brandId = account?.brandId ?? 0;
      desk.engine.record({
        event: 'tools.changed',
        by: desk.settings.read().personName,
        details: { account: accountId, brand: brandId, tools: tools.map(({ name }) => name) },
      });
      desk.notify('plan.changed', {});
      await open.value.planPages.keep(brandId);
      return ok(saved.value.map((tool) => toToolView(tool, brandId)));
    },

    async 'checklist.read'({ stopId }) {
      return ok({
        stopId,
        isOpen: (await isOpen(stopId)) === true,
        ticks: await readTicks(stopId),
      });
    },

    async 'checklist.tick'({ stopId, brandId, kind, key, done, by }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const canTick = await isOpen(stopId);
      if (canTick === null) return refuse('no-such-stop', 'This stop is no longer in force.');
      if (!canTick) return refuse('stop-over', 'This stop was released more than a day ago.');
      const subject = await subjectOf(open.value, { brandId, kind, key });
      if (!subject.ok) return subject;
      if (!(await isCovered(open.value, stopId, brandId)))
        return refuse('stop-other-brand', 'This stop does not cover this brand.');
      const isKept = desk.ticks.add({ stopId, brandId, kind, key, isDone: done, by, ...subject.value });
      if (!isKept) return refuse('not-recorded', 'The journal could not be written. Nothing was ticked off.');
      // Who typed last is who sits there: what follows is journalled under this name.
      if (desk.settings.read().personName !== by) {
        desk.settings.keep({ personName: by });
        desk.notify('settings.changed', {});
      }
      return ok({ stopId, isOpen: true, ticks: await readTicks(stopId) });
    },
  };
}

/** Unique in the brand, while a tool's own key is so only in its account. */
const toolKey = (accountId: number, key: string) => `${accountId}:${key}`;

function toToolView({ accountId, key, ...tool }: OtherTool, brandId: number): view.OtherToolView {
  return { ...tool, accountId, brandId, key, tickKey: toolKey(accountId, key) };
}

function toPlanView(plan: Plan, copyProblem: string): view.PlanView {
  return {
    brandId: plan.brandId,
    language: plan.language,
    decisionMakers: plan.decisionMakers.map((person) => ({ ...person })),
    toneRules: [...plan.toneRules],
    holdingMessage: plan.holdingMessage,
    steps: plan.steps.map((step) => ({ ...step })),
    changedAt: plan.changedAt,
    copyProblem,
  };
}

function toSummary(plan: Plan): view.PlanSummary {
  return {
    brandId: plan.brandId,
    decisionMakers: plan.decisionMakers.filter(({ name }) => name.trim() !== '').map((one) => ({ ...one })),
    toneRules: plan.toneRules.filter((rule) => rule.trim() !== ''),
    stepKeys: plan.steps.filter(({ text }) => text.trim() !== '').map(({ key }) => key),
    lacks: [...lacksOf(plan)],
    changedAt: plan.changedAt,
  };
}
