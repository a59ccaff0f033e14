import { useEffect, useState } from 'react';
import type {
  ImportChoices,
  ImportLook,
  ImportPreview,
  ImportResult,
} from '../../src-preload/import-views.ts';
import { ask, Refusal, useBridge } from '../api.ts';
import { useKept } from '../ui/use-kept.ts';
import { startingChoices } from './reading-choices.ts';

/** A file of another tool while a person says how it is to be read. */
export type Reading = {
  readonly token: string;
  readonly look: ImportLook;
  readonly choices: ImportChoices;
};

/** How far an import has come. Kept while other views are open; what was chosen is never lost by looking elsewhere. */
export type ImportPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly fileName: string }
  | { readonly kind: 'choosing'; readonly reading: Reading }
  | { readonly kind: 'preview'; readonly preview: ImportPreview; readonly reading: Reading }
  | { readonly kind: 'applying'; readonly preview: ImportPreview; readonly reading: Reading }
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

  /** What goes wrong leads back to where it began. */
  async function attempt(fileName: string, before: ImportPhase, work: () => Promise<ImportPhase>) {
    set({ phase: { kind: 'reading', fileName }, remark: null });
    try {
      set({ phase: await work(), remark: null });
    } catch (error) {
      set({ phase: before, remark: remarkOf(error) });
    }
  }

  const previewOf = async (reading: Reading): Promise<ImportPhase> => {
    const { token, choices } = reading;
    const preview = await ask(bridge, 'import.preview', { token, choices });
    return { kind: 'preview', preview, reading };
  };

  /** Our own calendar says all there is to say; every other file is shown as it would be read. */
  const open = (token: string, fileName: string) =>
    attempt(fileName, { kind: 'idle' }, async () => {
      const look = await ask(bridge, 'import.look', { token });
      const reading = { token, look, choices: startingChoices(look) };
      return look.format === 'all-stop' ? previewOf(reading) : { kind: 'choosing', reading };
    });

  /** Looks at the same file in another way: another tool, other columns, another sheet. */
  const lookAgain = ({ token, look, choices }: Reading, change: ImportChoices) =>
    attempt(look.fileName, { kind: 'choosing', reading: { token, look, choices } }, async () => {
      const wanted = { ...choices, ...change };
      const again = await ask(bridge, 'import.look', { token, choices: wanted });
      const kept = { ...again, remembered: wanted };
      return { kind: 'choosing', reading: { token, look: kept, choices: startingChoices(kept) } };
    });

  const read = (reading: Reading) => {
    const { look } = reading;
    const before: ImportPhase = look.format === 'all-stop' ? { kind: 'idle' } : { kind: 'choosing', reading };
    return attempt(look.fileName, before, () => previewOf(reading));
  };

  const apply = async (preview: ImportPreview, reading: Reading, skipBad: boolean) => {
    set({ phase: { kind: 'applying', preview, reading }, remark: null });
    try {
      const result = await ask(bridge, 'import.apply', { previewId: preview.previewId, skipBad });
      set({ phase: { kind: 'done', fileName: preview.fileName, result }, remark: null });
    } catch (error) {
      set({ phase: { kind: 'preview', preview, reading }, remark: remarkOf(error) });
    }
  };

  /** What is under way then answers with the refusal 'canceled'. */
  const cancel = () => ask(bridge, 'import.cancel', {}).catch(() => undefined);

  return {
    phase,
    remark,
    open,
    lookAgain,
    read,
    apply,
    cancel,
    change: (reading: Reading, change: ImportChoices) =>
      set({
        phase: { kind: 'choosing', reading: { ...reading, choices: { ...reading.choices, ...change } } },
        remark: null,
      }),
    backTo: (reading: Reading) => set({ phase: { kind: 'choosing', reading }, remark: null }),
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
