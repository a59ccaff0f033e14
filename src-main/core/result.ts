/** What can be refused is returned, not thrown. `code` is stable and machine-readable; `message` is for people. */
export type Refusal = { readonly code: string; readonly message: string };

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(code: string, message: string): { ok: false; error: Refusal } {
  return { ok: false, error: { code, message } };
}

/** Closes a switch over a union: a new member does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
