/** '@name', at least four letters, digits or underscores, a letter first. What stands in an address or before a server is none. */
const MENTION = /(?<![\p{L}\p{N}_@/.=-])@[a-z]\w{3,31}(?![\w@]|[.-]\w)/giu;

/** The handles a text mentions, each once. */
export function mentionedHandles(text: string): readonly string[] {
  return [...new Set([...text.matchAll(MENTION)].map(([handle]) => handle.toLowerCase()))];
}

/** '@name' from a name with its @ or not; null where it is none. */
export function writtenHandle(name: string): string | null {
  const handle = `@${name.trim().replace(/^@/u, '')}`.toLowerCase();
  return mentionedHandles(handle)[0] === handle ? handle : null;
}
