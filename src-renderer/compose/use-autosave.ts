import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ask, useBridge } from '../api.ts';
import { useSaveAtPauses } from '../ui/use-save-at-pauses.ts';
import { type Form, isEmpty, toDraft } from './form.ts';

export type SaveState =
  | { kind: 'nothing' }
  | { kind: 'waiting' }
  | { kind: 'saved'; at: number }
  | { kind: 'failed'; message: string };

/**
 * Keeps the form as a draft at every pause in typing, when the view or the window is left, and never two saves at once (the
 * second would make a second draft). `onDraftId` is told the id of a new draft, also when the view is gone by then.
 */
export function useAutosave(form: Form, onDraftId: (draftId: number) => void) {
  const bridge = useBridge();
  const client = useQueryClient();
  const [state, setState] = useState<SaveState>({ kind: 'nothing' });
  const latest = useRef(form);
  const saved = useRef(form);
  const savedAt = useRef<number | null>(null);
  const running = useRef<Promise<void> | null>(null);
  const told = useRef(onDraftId);
  latest.current = form;
  told.current = onDraftId;

  const isDirty = useCallback(() => {
    const now = latest.current;
    if (now.draftId === null && isEmpty(now)) return false;
    return (
      JSON.stringify(toDraft(now)) !== JSON.stringify(toDraft({ ...saved.current, draftId: now.draftId }))
    );
  }, []);

  /** Resolves with the id of the draft that now holds the form; null when there is none. Never rejects. */
  const save = useCallback(async (): Promise<number | null> => {
    while (running.current) await running.current;
    if (!isDirty()) return latest.current.draftId;
    const now = latest.current;
    let id = now.draftId;
    const work = ask(bridge, 'draft.save', toDraft(now))
      .then((draft) => {
        saved.current = now;
        id = draft.id;
        if (now.draftId === null) {
          latest.current = { ...latest.current, draftId: draft.id };
          told.current(draft.id);
        }
        savedAt.current = draft.changedAt;
        setState({ kind: 'saved', at: draft.changedAt });
        void client.invalidateQueries({ queryKey: ['draft.list'] });
      })
      .catch((error: unknown) => {
        setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      });
    running.current = work;
    await work;
    running.current = null;
    return id;
  }, [bridge, client, isDirty]);

  const onWaiting = useCallback(
    () => setState((now) => (now.kind === 'failed' ? now : { kind: 'waiting' })),
    [],
  );
  useSaveAtPauses(form, latest, isDirty, save, onWaiting);

  /** For a form that has just been opened from a draft or emptied: nothing of it needs saving. */
  const settle = useCallback((next: Form) => {
    latest.current = next;
    saved.current = next;
    savedAt.current = null;
    setState({ kind: 'nothing' });
  }, []);

  // What was changed and changed back again has nothing to wait for.
  const isKept = state.kind === 'waiting' && running.current === null && !isDirty();
  const at = savedAt.current;
  const kept: SaveState = at === null ? { kind: 'nothing' } : { kind: 'saved', at };
  return { state: isKept ? kept : state, save, settle, isDirty };
}
