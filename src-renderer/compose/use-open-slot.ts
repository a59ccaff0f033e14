import { useEffect } from 'react';
import { wallTimeOf } from '../calendar/calendar-days.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { whenOf } from '../ui/when.ts';
import { EMPTY_FORM, type Form } from './form.ts';

/** Begins a post for the free slot a link names ('accounts=3,7&at=…'), in the zone of the accounts' brand. */
export function useOpenSlot(
  params: Readonly<Record<string, string>>,
  desk: DeskIndex,
  begin: (form: Form) => void,
): void {
  const at = Number(params.at);
  const wanted = params.accounts;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link, when the desk is there
  useEffect(() => {
    if (wanted === undefined || !(at > 0) || desk.brands.length === 0) return;
    const accountIds = wanted
      .split(',')
      .map(Number)
      .filter((id) => desk.accountById.has(id));
    const brandId = desk.accountById.get(accountIds[0] ?? 0)?.brandId;
    const zone = desk.brandById.get(brandId ?? 0)?.timeZone;
    if (zone === undefined) return;
    begin({ ...EMPTY_FORM, accountIds, when: whenOf(wallTimeOf(at, zone), zone), isZoneChosen: true });
  }, [at, wanted, desk.brands.length]);
}
