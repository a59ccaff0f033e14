import type { Language } from '../../time.ts';
import type { WordAt } from './words-in.ts';

export type Asked =
  | {
      readonly kind: 'check';
      readonly language: Language;
      readonly texts: readonly string[];
      /** Words that are right whatever the dictionary says. */
      readonly known: readonly string[];
    }
  | { readonly kind: 'suggest'; readonly language: Language; readonly word: string };

/** `found` null: the dictionary could not be read. */
export type Answer = {
  readonly id: number;
  readonly found: readonly (readonly WordAt[])[] | readonly string[] | null;
};

export type Speller = {
  /**
   * The words of each text that no dictionary has. Rejects when the dictionary cannot be read, and when `outdated` is aborted before its turn
   * has come: it is not looked up then.
   */
  check(
    asked: Omit<Extract<Asked, { kind: 'check' }>, 'kind'>,
    outdated: AbortSignal,
  ): Promise<readonly (readonly WordAt[])[]>;
  suggest(language: Language, word: string): Promise<readonly string[]>;
};

/** Looks words up in a worker of its own: reading a dictionary takes longer than a frame may. */
export function startSpeller(): Speller {
  return createSpeller(new Worker(new URL('./spelling-worker.ts', import.meta.url), { type: 'module' }));
}

/** The worker has one check at a time: what was typed over before its turn never reaches it, and suggestions wait for one check at most. */
export function createSpeller(worker: Pick<Worker, 'postMessage' | 'onmessage' | 'onerror'>): Speller {
  const waiting = new Map<number, { resolve: (found: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const fail = (id: number) => {
    waiting.get(id)?.reject(new Error('The dictionary could not be read.'));
    waiting.delete(id);
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.found === null) fail(data.id);
    else waiting.get(data.id)?.resolve(data.found as never);
    waiting.delete(data.id);
  };
  worker.onerror = () => {
    for (const id of [...waiting.keys()]) fail(id);
  };
  const ask = <T>(asked: Asked) =>
    new Promise<T>((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ ...asked, id: last });
    });
  return {
    check(asked, outdated) {
      const found = turn.then(() => {
        outdated.throwIfAborted();
        return ask<readonly (readonly WordAt[])[]>({ kind: 'check', ...asked });
      });
      turn = found.catch(() => undefined);
      return found;
    },
    suggest: (language, word) => ask({ kind: 'suggest', language, word }),
  };
}
