import type { AccountView, BrandView } from '../../src-preload/views.ts';

export type DeskDialog =
  | { kind: 'add-brand' }
  | { kind: 'edit-brand'; brand: BrandView }
  | { kind: 'connect'; brandId: number | null }
  | { kind: 'sign-in'; account: AccountView }
  | { kind: 'tools'; account: AccountView }
  | { kind: 'remove'; account: AccountView };
