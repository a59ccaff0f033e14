import type { SchedulerSignInView, SchedulersView } from '../../src-preload/scheduler-views.ts';
import type { Verified } from '../core/connector.ts';
import { type ElsewhereService, readChannels, WHOSE } from '../core/elsewhere-service.ts';
import type { ServiceSignIn } from '../core/elsewhere-store.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { serviceFor, services } from '../elsewhere/index.ts';
import { serviceParcel } from '../elsewhere-sources.ts';
import { sealFields, serviceContext } from '../secrets/seal.ts';
import { type Desk, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';
import { type Fields, missingField, splitFields } from './sign-in-fields.ts';

type SchedulerHandlers = Pick<
  Handlers,
  'scheduler.list' | 'scheduler.connect' | 'scheduler.verify' | 'scheduler.remove' | 'scheduler.match'
>;

const NOT_USABLE = {
  'signed-out': {
    en: (name: string, detail: string) => `${name} did not accept the sign-in (${detail}).`,
    fr: (name: string, detail: string) => `${name} n’a pas accepté la connexion (${detail}).`,
  },
  unreachable: {
    en: (name: string, detail: string) => `${name} could not be asked (${detail}). Nothing was changed.`,
    fr: (name: string, detail: string) =>
      `${name} n’a pas pu être interrogé (${detail}). Rien n’a été modifié.`,
  },
};

const noSuchPlanner = () => refuse('no-such-planner', 'This planner is no longer there.');

/** Other schedulers: signed in to, checked, taken away, and whose their channels are. They publish nothing of ours. */
export function createSchedulerHandlers(desk: Desk): SchedulerHandlers {
  const usable = (service: ElsewhereService, verified: Verified) =>
    verified.kind === 'ready'
      ? ok(verified)
      : refuse(verified.kind, NOT_USABLE[verified.kind][desk.language()](service.name, verified.detail));

  async function readAll(open: OpenDesk, isAnother = false): Promise<Result<SchedulersView>> {
    const { elsewhere } = open.storage;
    const [signIns, matches, opted] = await Promise.all([
      elsewhere.services(),
      elsewhere.matches(),
      elsewhere.opted(),
    ]);
    const toView = ({ id, service, name, channels }: ServiceSignIn): SchedulerSignInView => ({
      id,
      source: `service:${id}`,
      service,
      serviceName: serviceFor(service)?.name ?? service,
      name,
      channels: channels.map((channel) => {
        const match = matches.find((one) => one.serviceId === id && one.channel === channel.id);
        return { ...channel, accountId: match?.accountId ?? null, brandId: match?.brandId ?? null };
      }),
      cancelsSince: opted.get(`service:${id}`) ?? null,
    });
    return ok({
      services: services.map(({ service, name, settings, needs, costs, tested }) => ({
        service,
        name,
        settings: settings.map((field) => ({ ...field })),
        needs,
        costs,
        tested,
      })),
      signIns: signIns.map(toView),
      ...(isAnother && { isAnother: true as const }),
    });
  }

  function changed(event: string, details: Record<string, string | number>): void {
    desk.engine.record({ event, by: desk.settings.read().personName, details });
    desk.notify('elsewhere.changed', {});
  }

  /** What was found, with the secrets sealed for this sign-in alone. */
  async function keep(
    open: OpenDesk,
    id: number,
    settings: Fields,
    verified: Extract<Verified, { kind: 'ready' }>,
  ): Promise<boolean> {
    return await open.storage.elsewhere.changeService(id, {
      settings: { ...settings, [WHOSE]: verified.settings[WHOSE] ?? '' },
      sealed: sealFields(await desk.keyForSignIn(), serviceContext(id), verified.secrets),
      channels: readChannels(verified.settings),
    });
  }

  /** Another one's posts are never taken for those of whoever was matched: what was said of the sign-in before is forgotten first. */
  async function forgetIfAnother(
    open: OpenDesk,
    before: ServiceSignIn,
    settings: Fields,
    verified: Extract<Verified, { kind: 'ready' }>,
  ): Promise<boolean> {
    if (isSameOwner(before, settings, verified)) return false;
    await open.storage.elsewhere.forgetMatches(before.id);
    changed('scheduler.another', { name: before.name });
    return true;
  }

  return {
    async 'scheduler.list'() {
      const open = needDesk(desk);
      return open.ok ? await readAll(open.value) : open;
    },

    async 'scheduler.connect'({ service: wanted, name, fields, id: known }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const service = serviceFor(wanted);
      if (!service) return refuse('no-such-network', `This version does not know ${wanted}.`);
      const complete = missingField(desk.language(), service, fields);
      if (!complete.ok) return complete;
      const { settings, secrets } = splitFields(service, fields);
      const account = serviceParcel({ id: 0, service: wanted, name, settings, sealed: null });
      const answer = await desk.engine.lookUps.run({ kind: 'verify', account, fields: secrets });
      if (!answer.ok) return answer;
      const verified = usable(service, answer.value);
      if (!verified.ok) return verified;
      const before = (await open.value.storage.elsewhere.services()).find((one) => one.id === known);
      if (before && before.service !== wanted) return noSuchPlanner();
      const isAnother = before ? await forgetIfAnother(open.value, before, settings, verified.value) : false;
      const called = name || verified.value.name;
      const id =
        known ??
        (await open.value.storage.elsewhere.addService({
          service: wanted,
          name: called,
          settings,
          channels: [],
        }));
      if (!(await keep(open.value, id, settings, verified.value))) return noSuchPlanner();
      if (isAnother) await desk.elsewhere.forget(`service:${id}`);
      const event = known === undefined ? 'scheduler.connected' : 'scheduler.signed-in';
      changed(event, { service: service.name, name: called });
      return await readAll(open.value, isAnother);
    },

    async 'scheduler.verify'({ id }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const signIn = (await open.value.storage.elsewhere.services()).find((one) => one.id === id);
      const service = signIn && serviceFor(signIn.service);
      if (!signIn || !service) return noSuchPlanner();
      const account = serviceParcel(signIn);
      const answer = await desk.engine.lookUps.run({ kind: 'verify', account, fields: {} });
      if (!answer.ok) return answer;
      const verified = usable(service, answer.value);
      if (!verified.ok) return verified;
      const isAnother = await forgetIfAnother(open.value, signIn, signIn.settings, verified.value);
      await keep(open.value, id, signIn.settings, verified.value);
      if (isAnother) await desk.elsewhere.forget(`service:${id}`);
      desk.notify('elsewhere.changed', {});
      return await readAll(open.value, isAnother);
    },

    async 'scheduler.remove'({ id }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { elsewhere } = open.value.storage;
      const signIn = (await elsewhere.services()).find((one) => one.id === id);
      if (!signIn || !(await elsewhere.removeService(id))) return noSuchPlanner();
      changed('scheduler.removed', {
        service: serviceFor(signIn.service)?.name ?? signIn.service,
        name: signIn.name,
      });
      return await readAll(open.value);
    },

    async 'scheduler.match'({ id, channel, accountId, brandId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { elsewhere } = open.value.storage;
      const set = await elsewhere.setMatch({ serviceId: id, channel, accountId, brandId });
      if (!set.ok) return set;
      const signIn = (await elsewhere.services()).find((one) => one.id === id);
      const { accounts, brands } = await open.value.directory.read();
      changed('scheduler.matched', {
        name: signIn?.name ?? '',
        channel: signIn?.channels.find((one) => one.id === channel)?.name ?? channel,
        to: accounts.get(accountId ?? 0)?.name ?? brands.get(brandId ?? 0)?.name ?? '–',
      });
      return await readAll(open.value);
    },
  };
}

/** Whether a sign-in is still the same one's: by what the service says of it, or, where that says nothing, by a channel it still has. */
function isSameOwner(
  before: ServiceSignIn,
  settings: Fields,
  verified: Extract<Verified, { kind: 'ready' }>,
): boolean {
  if ((before.settings.server ?? '') !== (settings.server ?? '')) return false;
  const [was, is] = [before.settings[WHOSE] ?? '', verified.settings[WHOSE] ?? ''];
  if (was !== '' || is !== '') return was === is;
  const channels = new Set(readChannels(verified.settings).map(({ id }) => id));
  return before.channels.length === 0 || before.channels.some(({ id }) => channels.has(id));
}
