import { useRead } from '../api.ts';

/** How many posts wait for a yes, of one brand or of all. */
export function useWaiting(brandId: number | null): number {
  const read = useRead('yes.read', {}).data;
  return (read?.waiting ?? []).reduce(
    (sum, line) => (brandId === null || line.brandId === brandId ? sum + line.posts : sum),
    0,
  );
}
