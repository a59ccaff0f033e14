/** What the window sees of backups. Plain data, as in views.ts. */

export type BackupView = {
  id: string;
  madeAt: number;
  brands: number;
  accounts: number;
  posts: number;
  drafts: number;
  mediaFiles: number;
  /** Database and media it counts on; media are kept once for all backups of a folder. */
  bytes: number;
  verifiedAt: number;
  /** What was wrong with the journal already when it was kept; '' when it was whole. */
  journalProblem: string;
  rehearsal: { at: number; problem: string; tookMs: number } | null;
};

export type BackupProblemView = {
  at: number;
  code: 'no-room' | 'not-sound' | 'failed';
  /** What was found or said; for 'no-room' the folder. */
  detail: string;
  /** Bytes; zero when the disk was full without saying how much is wanted. */
  needed: number;
  free: number;
};

export type BackupsView = {
  folder: string;
  /** The one in the data folder, on the same disk. */
  isOwnFolder: boolean;
  /** Newest first. */
  backups: BackupView[];
  running: 'database' | 'files' | 'media' | 'check' | 'rehearsal' | 'restore' | 'export' | 'import' | null;
  /** Why the last one could not be made; null when it could. */
  problem: BackupProblemView | null;
  /** What is put back at the next start. */
  restore: { kind: 'backup' | 'import'; madeAt: number; by: string } | null;
};

/** An export of everything that was chosen and read to its last byte. */
export type FoundExportView = {
  exportId: string;
  folder: string;
  madeAt: number;
  brands: number;
  accounts: number;
  posts: number;
  drafts: number;
  mediaFiles: number;
  /** Whether there are brands here, which it would replace. */
  replaces: boolean;
};

export type DataFolderView = {
  path: string;
  /** Where the data move at the next start; '' when they stay. */
  movesTo: string;
  /** The folder they came from, which is still there; '' when there is none. */
  movedFrom: string;
};
