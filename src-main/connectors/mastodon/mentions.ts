/**
 * '@name@server'. A mention without its server means somebody on the server of whoever writes: it is left to the person, and none is made of it.
 * After Mastodon's own rule (`MENTION_RE`, `USERNAME_RE`), servers with their port included.
 */
const MENTION =
  /(?<![\p{L}\p{N}_/=])@(\w+(?:[.-]+\w+)*)@((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]*[\p{L}\p{N}](?::\d+)?)/giu;

/** The handles a text mentions, each once. */
export function mentionedHandles(text: string): readonly string[] {
  return [...new Set([...text.matchAll(MENTION)].map(([handle]) => handle.toLowerCase()))];
}

/** '@name@server' from a handle with or without its first @; null where it is none. */
export function writtenHandle(name: string): string | null {
  const handle = `@${name.trim().replace(/^@/u, '')}`.toLowerCase();
  return mentionedHandles(handle)[0] === handle ? handle : null;
}
