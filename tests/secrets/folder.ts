import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Keyring } from '../../src-main/secrets/key-file.ts';

/** An empty data folder, gone when the test is. */
export function dataFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'allstop-secrets-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function namesIn(dir: string): string[] {
  return readdirSync(dir).sort();
}

/** The names of the files in which a text stands, as it is or in base64. */
export function filesWith(dir: string, text: string): string[] {
  const forms = [text, Buffer.from(text).toString('base64').slice(0, -4), Buffer.from(text).toString('hex')];
  return namesIn(dir).filter((name) => {
    const content = readFileSync(join(dir, name), 'latin1');
    return forms.some((form) => content.includes(Buffer.from(form).toString('latin1')));
  });
}

export function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

/** A keyring of its own kind, with a memory: what it wraps is a number that stands for the bytes. */
export function createKeyring(name: string): Keyring & { refuses: boolean; readonly asked: string[] } {
  const kept: Uint8Array[] = [];
  const keyring = {
    name,
    refuses: false,
    asked: [] as string[],
    async wrap(bytes: Uint8Array) {
      keyring.asked.push('wrap');
      if (keyring.refuses) throw new Error('locked');
      return new Uint8Array([kept.push(bytes.slice()) - 1]);
    },
    async unwrap(bytes: Uint8Array) {
      keyring.asked.push('unwrap');
      const found = kept[bytes[0] ?? -1];
      if (keyring.refuses || !found) throw new Error('locked');
      return found.slice();
    },
  };
  return keyring;
}
