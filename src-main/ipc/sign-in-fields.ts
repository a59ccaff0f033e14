import { readUrl } from '../connectors/shared/server-url.ts';
import type { Connector } from '../core/connector.ts';
import { ok, type Result, refuse } from '../core/result.ts';

/** What a form gives, by the key of the field. */
export type Fields = Readonly<Record<string, string>>;

/** What the form gave, apart: settings are kept as they are, secrets are sealed. Unknown fields are dropped. */
export function splitFields(
  connector: Pick<Connector, 'settings'>,
  fields: Fields,
): { settings: Fields; secrets: Fields } {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of connector.settings) {
    const value = fields[field.key]?.trim();
    if (value) (field.kind === 'secret' ? secrets : settings)[field.key] = value;
  }
  return { settings, secrets };
}

/** As it may be used, with or without a scheme; null when it may not. */
export function addressOf(text: string): URL | null {
  return readUrl(/^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`);
}

/** Whether a setting that holds an address now leads to another server: another scheme, host or port. */
export function movesElsewhere(connector: Connector, before: Fields, change: Fields): boolean {
  return connector.settings.some(({ key, kind }) => {
    const [was = '', now] = [before[key], change[key]];
    if (kind !== 'url' || now === undefined || now === was) return false;
    const origin = addressOf(now)?.origin;
    return origin === undefined || origin !== addressOf(was)?.origin;
  });
}

/** Whether these secrets alone are a sign-in; what comes through the browser is never in a form. */
export function isWhole(connector: Connector, secrets: Fields): boolean {
  if (connector.signIn !== null) return false;
  return connector.settings.every(({ key, kind, optional }) => kind !== 'secret' || optional || secrets[key]);
}

/** Without what the connector itself kept of the server: limits, ids, addresses. */
export function formSettings(connector: Connector, settings: Fields): Fields {
  return Object.fromEntries(
    connector.settings.flatMap(({ key }) => (settings[key] === undefined ? [] : [[key, settings[key]]])),
  );
}

export function missingField(
  language: 'en' | 'fr',
  connector: Pick<Connector, 'settings'>,
  fields: Fields,
): Result<true> {
  const missing = connector.settings.find((field) => !field.optional && !fields[field.key]?.trim());
  return missing ? refuse('field-missing', `${missing.label[language]}: this is needed.`) : ok(true);
}
