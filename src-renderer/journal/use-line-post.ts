import { useQuery } from '@tanstack/react-query';
import type { PostDetailView } from '../../src-preload/views.ts';
import { ask, useBridge } from '../api.ts';

/**
 * The post a line is about, read once for as long as the line is on the screen: brand, account and text of a line are not read anew
 * at every post that goes out. Null while it is read, and for a post that is no longer there.
 */
export function useLinePost(postId: number | null): PostDetailView | null {
  const bridge = useBridge();
  const { data } = useQuery({
    queryKey: ['journal-post', postId],
    queryFn: () => ask(bridge, 'post.read', { postId: postId ?? 0 }),
    enabled: postId !== null,
    gcTime: 60_000,
  });
  return data ?? null;
}
