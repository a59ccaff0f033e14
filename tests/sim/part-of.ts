/** A port of which only a part is asked for here. What nobody asks for is not there. */
export function partOf<T extends object>(part: Partial<T>): T {
  return part as T;
}
