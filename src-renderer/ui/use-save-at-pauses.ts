import { type RefObject, useEffect } from 'react';

const PAUSE_MS = 700;

/**
 * Saves what is typed at every pause, and when its view or the window is left. `latest` holds the newest form; a `form` that is no longer the
 * newest is not waited for. `isDirty`, `save` and `onWaiting` must stay the same functions. `save` must not reject, and has to see to it
 * that two of it never run at once.
 */
export function useSaveAtPauses<Form>(
  form: Form,
  latest: RefObject<Form>,
  isDirty: () => boolean,
  save: () => Promise<unknown>,
  onWaiting: () => void,
): void {
  useEffect(() => {
    if (latest.current !== form || !isDirty()) return;
    onWaiting();
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [form, latest, isDirty, save, onWaiting]);

  useEffect(() => {
    const leave = () => void save();
    window.addEventListener('blur', leave);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('blur', leave);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [save]);
}
