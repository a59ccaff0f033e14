import { ok, refuse } from '../core/result.ts';
import { readDigest, readHoursAhead } from '../hours-ahead.ts';
import { readThirdParty } from '../third-party.ts';
import { type Desk, needDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

type KnowHandlers = Pick<Handlers, 'know.read' | 'digest.read' | 'licence.list' | 'login.change'>;

/** What is ahead, the day in numbers, and whether the app is there when it is needed. */
export function createKnowHandlers(desk: Desk): KnowHandlers {
  const { clock, engine, settings, login } = desk;
  return {
    async 'know.read'() {
      const open = desk.open();
      const isPublishing = engine.stop.status().state === 'publishing';
      const awakeMs = settings.read().keepAwakeMinutes * 60_000;
      const ahead = open
        ? await readHoursAhead(open.storage.posts, clock.now(), isPublishing, awakeMs)
        : null;
      const before = clock.now() + (ahead?.hours ?? 12) * 60 * 60_000;
      const near = open ? await open.storage.yes.waiting(before) : [];
      const waiting = {
        posts: near.reduce((sum, { posts }) => sum + posts, 0),
        firstAt: near[0]?.firstAt ?? null,
      };
      return ok({ ahead, waiting, startsAtLogin: login.isOn() });
    },

    async 'digest.read'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const now = clock.now();
      return ok(await readDigest(open.value.storage.posts, now, tomorrowOf(now)));
    },

    async 'licence.list'() {
      const found = await readThirdParty(desk.noticesPath).catch(() => null);
      return found === null
        ? refuse('licences-missing', 'The licences are not there: this copy of All Stop is incomplete.')
        : ok(found);
    },

    async 'login.change'({ startsAtLogin }) {
      try {
        await login.set(startsAtLogin);
      } catch (error) {
        return refuse('login-not-set', `This computer did not take it: ${(error as Error).message}`);
      }
      desk.notify('settings.changed', {});
      return ok({ startsAtLogin: login.isOn() });
    },
  };
}

/** From midnight to midnight by the clock of this computer. */
export function tomorrowOf(now: number): { from: number; to: number } {
  const day = new Date(now);
  const midnight = (days: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
  return { from: midnight(1), to: midnight(2) };
}
