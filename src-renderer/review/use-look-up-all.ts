import { useState } from 'react';
import type { PostView } from '../../src-preload/views.ts';
import { ask, Refusal, useBridge } from '../api.ts';

/** Refusals that concern one post only: the network's answer was unclear, or it is too early to believe an absence. */
const NOT_YET: readonly string[] = ['unclear', 'too-early'];

export type LookedUp = {
  readonly published: number;
  readonly absent: number;
  readonly unclear: number;
  readonly refused: string;
};

/** Asks the networks one post after the other what became of it; reads only. A refusal ends it and is told. */
export function useLookUpAll() {
  const bridge = useBridge();
  const [done, setDone] = useState<number | null>(null);
  const run = async (posts: readonly PostView[]): Promise<LookedUp> => {
    const found = { published: 0, absent: 0, unclear: 0, refused: '' };
    setDone(0);
    for (const [index, post] of posts.entries()) {
      try {
        const after = await ask(bridge, 'post.lookUp', { postId: post.id });
        if (after.state === 'published') found.published += 1;
        else if (after.state === 'unconfirmed') found.unclear += 1;
        else found.absent += 1;
      } catch (error) {
        if (error instanceof Refusal && NOT_YET.includes(error.code)) found.unclear += 1;
        else {
          found.refused = error instanceof Error ? error.message : String(error);
          break;
        }
      }
      setDone(index + 1);
    }
    setDone(null);
    return found;
  };
  return { done, run };
}
