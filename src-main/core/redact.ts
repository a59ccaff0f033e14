/** Shorter than this a secret would take ordinary words with it, and protects nothing. */
const LEAST = 4;

/** `text` without any of these secrets, as they are or as they stand in an address. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= LEAST)
    .flatMap(formsOf)
    .sort((one, other) => other.length - one.length)
    .reduce((all, secret) => all.replaceAll(secret, '…'), text);
}

/** Half of a surrogate pair has no form in an address. */
function formsOf(secret: string): readonly string[] {
  return /\p{Cs}/u.test(secret) ? [secret] : [secret, encodeURIComponent(secret), encodeURI(secret)];
}
