/**
 * Makes what lets others have their turn: called between small steps of long work, it gives a promise to wait for once `budgetMs`
 * have passed since the last turn, and nothing otherwise. Throws the signal's reason when the work was called off.
 */
export function createPacer(signal: AbortSignal | null, budgetMs = 5): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (signal?.aborted) throw new Canceled();
    if (performance.now() - since < budgetMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}

/** Long work was called off by a person. */
export class Canceled extends Error {
  constructor() {
    super('canceled');
    this.name = 'Canceled';
  }
}
