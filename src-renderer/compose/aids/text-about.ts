import { useMemo } from 'react';
import type { BrandView } from '../../../src-preload/views.ts';
import type { DeskIndex } from '../../ui/use-desk.ts';
import type { Form } from '../form.ts';

/** What is known of a text beside itself. */
export type TextAbout = {
  /** Those whose accounts are chosen. */
  readonly brands: readonly BrandView[];
  readonly accountIds: readonly number[];
  readonly link: string;
  /** 'YYYY-MM-DD' and 'HH:mm', '' while not typed. */
  readonly date: string;
  readonly time: string;
};

export function useTextAbout(form: Pick<Form, 'accountIds' | 'link' | 'when'>, desk: DeskIndex): TextAbout {
  const { accountIds, link, when } = form;
  const brands = useMemo(() => {
    const ids = new Set(accountIds.map((id) => desk.accountById.get(id)?.brandId));
    return desk.brands.filter((brand) => ids.has(brand.id));
  }, [accountIds, desk]);
  return useMemo(
    () => ({ brands, accountIds, link: link.trim(), date: when.date, time: when.time }),
    [brands, accountIds, link, when.date, when.time],
  );
}
