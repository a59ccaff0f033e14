import type { Claim } from '../../src-main/core/queue.ts';

/** A claimed post of a webhook account of brand `brandId`, as storage would return it. */
export function makeClaim(change: {
  id: number;
  url: string;
  brandId?: number;
  sealed?: string | null;
  text?: string;
}): Claim {
  const brandId = change.brandId ?? 1;
  return {
    post: {
      id: change.id,
      accountId: change.id,
      brandId,
      state: 'publishing',
      reason: '',
      detail: '',
      content: { parts: [change.text ?? `post ${change.id}`], link: '', media: [] },
      label: '',
      publishAt: Date.now(),
      localTime: '2026-12-01T09:00',
      timeZone: 'Europe/Paris',
      attempts: 1,
      refs: [],
      createdAt: 0,
      changedAt: 0,
    },
    account: {
      id: change.id,
      brandId,
      network: 'webhook',
      name: `account ${change.id}`,
      settings: { url: change.url },
      state: 'ready',
      problem: '',
      heldAt: null,
      heldReason: '',
    },
    brand: {
      id: brandId,
      name: `Brand ${brandId}`,
      market: 'France',
      timeZone: 'Europe/Paris',
      graceMs: 300_000,
      colour: '#336699',
    },
    attempt: 1,
    refusals: 0,
    key: `key${String(change.id).padStart(23, '0')}`,
    sealed: change.sealed ?? null,
  };
}
