import type { FitView } from '../../src-preload/views.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { fullestPart } from './fit.ts';
import type { Form } from './form.ts';
import { followersOf, variantsInUse } from './variant-form.ts';

/** What reads the same: one text on one network. */
export type PreviewGroup = {
  readonly key: string;
  readonly accountIds: readonly number[];
  readonly parts: readonly string[];
  readonly link: string;
  /** Not the shared text. */
  readonly isOwn: boolean;
  /** Of the account in which the text has least room; null until it was counted. */
  readonly fit: FitView | null;
};

/** The shared text once for each network, then each text of its own, once for each of its networks. */
export function previewGroups(
  form: Pick<Form, 'parts' | 'link' | 'accountIds' | 'variants'>,
  fits: ReadonlyMap<number, FitView>,
  desk: Pick<DeskIndex, 'accountById'>,
): readonly PreviewGroup[] {
  const texts = [
    { parts: form.parts, link: form.link, accountIds: followersOf(form), isOwn: false },
    ...variantsInUse(form).map((variant) => ({ ...variant, isOwn: true })),
  ];
  return texts.flatMap(({ parts, link, accountIds, isOwn }) => {
    const byNetwork = new Map<string, number[]>();
    for (const id of accountIds) {
      const network = desk.accountById.get(id)?.network;
      if (network === undefined) continue;
      const known = byNetwork.get(network);
      if (known) known.push(id);
      else byNetwork.set(network, [id]);
    }
    return [...byNetwork].map(([network, ids]) => ({
      key: `${isOwn ? 'own' : 'shared'} ${network} ${String(isOwn ? ids[0] : '')}`,
      accountIds: ids,
      parts,
      link,
      isOwn,
      fit: leastRoom(ids.flatMap((id) => fits.get(id) ?? [])),
    }));
  });
}

function leastRoom(fits: readonly FitView[]): FitView | null {
  const room = (fit: FitView) => fullestPart(fit)?.room ?? 0;
  return fits.reduce<FitView | null>(
    (least, fit) => (least === null || room(fit) < room(least) ? fit : least),
    null,
  );
}
