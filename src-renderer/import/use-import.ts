import { useEffect, useState } from 'react';
import type { ImportPreview, ImportResult } from '../../src-preload/views.ts';
import { ask, Refusal, useBridge } from '../api.ts';
import { useKept } from '../ui/use-kept.ts';

/** How far an import has come. Kept while other views are open; what was chosen is never lost by looking elsewhere. */
export type ImportPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly fileName: string }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'applying'; readonly preview: ImportPreview }
  | { readonly kind: 'done'; readonly fileName: string; readonly result: ImportResult };

export type ImportRemark =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'canceled' };

type Kept = { readonly phase: ImportPhase; readonly remark: ImportRemark | null };

const START: Kept = { phase: { kind: 'idle' }, remark: null };

function remarkOf(error: unknown): ImportRemark {
  if (error instanceof Refusal && error.code === 'canceled') return { kind: 'canceled' };
  return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
}

/** One calendar file from choosing to imported. Nothing is written before `apply`. */
export function useImport() {
  const bridge = useBridge();
  const [{ phase, remark }, set] = useKept<Kept>('import-calendar', START);

  const read = async (token: string, fileName: string) => {
    set({ phase: { kind: 'reading', fileName }, remark: null });
    try {
      const preview = await ask(bridge, 'import.preview', { token });
      set({ phase: { kind: 'preview', preview }, remark: null });
    } catch (error) {
      set({ phase: { kind: 'idle' }, remark: remarkOf(error) });
    }
  };

  const apply = async (preview: ImportPreview, skipBad: boolean) => {
    set({ phase: { kind: 'applying', preview }, remark: null });
    try {
      const result = await ask(bridge, 'import.apply', { previewId: preview.previewId, skipBad });
      set({ phase: { kind: 'done', fileName: preview.fileName, result }, remark: null });
    } catch (error) {
      set({ phase: { kind: 'preview', preview }, remark: remarkOf(error) });
    }
  };

  /** What is under way then answers with the refusal 'canceled'. */
  const cancel = () => ask(bridge, 'import.cancel', {}).catch(() => undefined);

  return {
    phase,
    remark,
    read,
    apply,
    cancel,
    restart: () => set(START),
    refuse: (message: string) => set((now) => ({ ...now, remark: { kind: 'refused', message } })),
  };
}

/** Rows done and in all, as told while an import is under way; null before the first word. */
export function useImportProgress(isRunning: boolean): { done: number; total: number } | null {
  const bridge = useBridge();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  useEffect(() => {
    if (!isRunning) {
      setProgress(null);
      return;
    }
    return bridge.on('import.progress', setProgress);
  }, [bridge, isRunning]);
  return progress;
}
