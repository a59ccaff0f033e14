import type { AccountView, BrandView } from '../../src-preload/views.ts';

export type DeskDialog =
  | { kind: 'add-brand' }
  | { kind: 'edit-brand'; brand: BrandView }
  | { kind: 'connect'; brandId: number | null }
  | { kind: 'sign-in'; account: AccountView }
  | { kind: 'tools'; account: AccountView }
  | { kind: 'elsewhere'; source: string }
  | { kind: 'labels'; accounts: readonly AccountView[] }
  | { kind: 'slots'; accounts: readonly AccountView[] }
  | { kind: 'move'; accounts: readonly AccountView[]; brandId: number | null }
  | { kind: 'remove'; account: AccountView };
