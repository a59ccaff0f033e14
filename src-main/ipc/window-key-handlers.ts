import { ok, type Result, refuse } from '../core/result.ts';
import { conflictOf, firstKeyOf, type WindowCommand, windowKeys } from '../core/window-keys.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';

type WindowKeyHandlers = Pick<Handlers, 'windowKey.list' | 'windowKey.change' | 'windowKey.reset'>;

export function createWindowKeyHandlers(desk: Desk): WindowKeyHandlers {
  const read = () => windowKeys(desk.settings.read().windowKeys, desk.shortcut.status());

  function keep(keys: Readonly<Record<string, string>>): Result<true> {
    try {
      desk.settings.change({ windowKeys: { ...keys } });
    } catch (error) {
      return refuse('not-saved', `The settings could not be written: ${(error as Error).message}`);
    }
    desk.notify('settings.changed', {});
    return ok(true);
  }

  const own = () =>
    new Map<WindowCommand, string>(
      read().flatMap(({ command, accelerator, isChanged }) => (isChanged ? [[command, accelerator]] : [])),
    );

  return {
    'windowKey.list': async () => ok([...read()]),

    async 'windowKey.change'({ command, accelerator }) {
      const wanted = accelerator ?? firstKeyOf(command);
      const conflict = conflictOf(command, wanted, read(), desk.shortcut.status());
      if (conflict !== null) return ok({ conflict });
      const keys = own();
      if (wanted === firstKeyOf(command)) keys.delete(command);
      else keys.set(command, wanted);
      const kept = keep(Object.fromEntries(keys));
      return kept.ok ? ok({ conflict: null }) : kept;
    },

    async 'windowKey.reset'() {
      const changed = own().size;
      const kept = keep({});
      return kept.ok ? ok({ changed }) : kept;
    },
  };
}
