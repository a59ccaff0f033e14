import { open } from 'node:fs/promises';
import { mimeOf } from '../calendar/media-folder.ts';
import type { FactStore } from '../core/stores.ts';

/** What is known of a file in the media folder besides its bytes. */
export type MediaFact = { readonly mime: string; readonly name: string };

const keyOf = (sha256: string) => `media-${sha256}`;

export async function writeMediaFact(facts: FactStore, sha256: string, fact: MediaFact): Promise<void> {
  await facts.write(keyOf(sha256), JSON.stringify(fact));
}

/** What was kept when it was added; for a file that came with a calendar, what its bytes tell. Rejects when it is not there. */
export async function readMediaFact(facts: FactStore, path: string, sha256: string): Promise<MediaFact> {
  const text = await facts.read(keyOf(sha256));
  if (text !== null) {
    try {
      const { mime, name } = JSON.parse(text) as Partial<MediaFact>;
      if (mime && name) return { mime, name };
    } catch {
      // Not ours any more: the bytes tell.
    }
  }
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return { mime: mimeOf(head.subarray(0, bytesRead)), name: sha256.slice(0, 12) };
  } finally {
    await file.close();
  }
}
