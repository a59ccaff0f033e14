/** One step of the schema, run in one transaction with all others that are due. Never changed once released. */
export type Migration = {
  /** 1, 2, 3… without a gap; the database keeps the last one as its `user_version`. */
  readonly version: number;
  readonly statements: readonly string[];
};
