/** As typed: case, underscores and spaces make no difference. */
const plain = (text: string) => text.trim().toLowerCase().replaceAll(' ', '_');

/** The zone that a text names, '' when it names none. Aliases that are not in the list count when this computer knows them. */
export function zoneNamed(text: string, zones: readonly string[]): string {
  const wanted = plain(text);
  if (wanted === '') return '';
  const known = zones.find((zone) => plain(zone) === wanted);
  if (known !== undefined) return known;
  if (!wanted.includes('/')) return '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}

/** The zones that a text may mean, in the order of the list, the very one first; all of them for an empty text. */
export function zonesMatching(text: string, zones: readonly string[]): readonly string[] {
  const wanted = plain(text);
  if (wanted === '') return zones;
  const found = zones.filter((zone) => plain(zone).includes(wanted));
  return found.some((zone) => plain(zone) === wanted)
    ? found.sort((a, b) => Number(plain(b) === wanted) - Number(plain(a) === wanted))
    : found;
}
