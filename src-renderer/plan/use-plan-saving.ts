import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ask, keyOf, useBridge } from '../api.ts';
import { useSaveAtPauses } from '../ui/use-save-at-pauses.ts';
import { isSame, type PlanForm, toRequest } from './plan-form.ts';

export type PlanSaving =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saved'; readonly at: number; readonly copyProblem: string }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Keeps the plan at every pause in typing and when its page or the window is left; one save at a time, the last one wins. `saved` is what
 * the database holds, null while it holds none. `save` resolves when all that was typed is kept or refused; it never rejects.
 */
export function usePlanSaving(form: PlanForm, initial: PlanForm | null) {
  const bridge = useBridge();
  const client = useQueryClient();
  const [state, setState] = useState<PlanSaving>({ kind: 'nothing' });
  const latest = useRef(form);
  const saved = useRef(initial);
  const running = useRef<Promise<boolean> | null>(null);
  latest.current = form;

  const isDirty = useCallback(() => saved.current === null || !isSame(saved.current, latest.current), []);

  const save = useCallback(async (): Promise<boolean> => {
    while (running.current) await running.current;
    if (!isDirty()) return true;
    const now = latest.current;
    const work = ask(bridge, 'plan.save', toRequest(now))
      .then((plan) => {
        saved.current = now;
        client.setQueryData(keyOf('plan.read', { brandId: now.brandId }), plan);
        setState({ kind: 'saved', at: plan.changedAt, copyProblem: plan.copyProblem });
        return true;
      })
      .catch((error: unknown) => {
        setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
        return false;
      });
    running.current = work;
    const isKept = await work;
    running.current = null;
    return isKept;
  }, [bridge, client, isDirty]);

  const onWaiting = useCallback(
    () => setState((now) => (now.kind === 'failed' ? now : { kind: 'waiting' })),
    [],
  );
  useSaveAtPauses(form, latest, isDirty, save, onWaiting);

  return { state, save };
}
