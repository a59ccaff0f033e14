import type { HttpAnswer, HttpInit } from '../../core/connector.ts';
import { record } from '../shared/answer.ts';

/** An error as every XRPC server words it (atproto.com/specs/xrpc): a name for machines and a sentence. */
export type XrpcError = { readonly error: string; readonly message: string };

/** The address of a method, for instance `com.atproto.repo.getRecord`, on the server `base` names. */
export function methodUrl(
  base: string,
  method: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(`/xrpc/${method}`, base);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url.href;
}

/** A procedure whose input is JSON. */
export function jsonInit(input: unknown, token?: string): HttpInit {
  const type = { 'content-type': 'application/json' };
  return {
    method: 'POST',
    headers: token ? { ...type, ...bearer(token) } : type,
    body: JSON.stringify(input),
  };
}

export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

/** What the server refused; null when the answer is no refusal of an XRPC server (a proxy's page, a captive portal, nothing). */
export function errorOf(answer: HttpAnswer): XrpcError | null {
  const { error, message } = record(answer.json);
  if (answer.status < 400 || typeof error !== 'string' || error === '') return null;
  return { error, message: typeof message === 'string' ? message : '' };
}

/** The token was refused, which a new session may mend. Servers say so with 400 or 401. */
export function isTokenRefused(answer: HttpAnswer): boolean {
  return ['ExpiredToken', 'InvalidToken'].includes(errorOf(answer)?.error ?? '');
}

/** The string at a path of an answer's JSON; '' when there is none. */
export function textAt(json: unknown, ...path: readonly string[]): string {
  const value = path.reduce<unknown>((inner, key) => record(inner)[key], json);
  return typeof value === 'string' ? value : '';
}
