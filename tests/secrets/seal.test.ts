import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountContext, newKeyPair, openFields, pairOf, sealFields } from '../../src-main/secrets/seal.ts';

const keys = newKeyPair();
const fields = { appPassword: 'abcd-efgh-ijkl-mnop', note: 'é 🧑‍🚒\n"' };
const context = accountContext(7);
const refused = { ok: false, error: { code: 'unopenable' } };

describe('a sealed box', () => {
  test('gives back what was put in, and looks different every time', () => {
    const [one, two] = [
      sealFields(keys.publicKey, context, fields),
      sealFields(keys.publicKey, context, fields),
    ];
    expect(one).not.toBe(two);
    for (const sealed of [one, two]) {
      expect(sealed).toMatch(/^v1(\.[\w-]+){4}$/);
      expect(openFields(keys.privateKey, context, sealed)).toEqual({ ok: true, value: fields });
    }
  });

  test('gives back any fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'binary' })), (any) => {
        expect(openFields(keys.privateKey, context, sealFields(keys.publicKey, context, any))).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify(any)),
        });
      }),
      { numRuns: 50 },
    );
  });

  test('shows nothing of what is in it', () => {
    const sealed = sealFields(keys.publicKey, context, { password: 'canary-in-a-box' });
    const seen = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect([sealed, ...seen].join()).not.toMatch(/canary|password/);
  });

  test('does not open for another key, nor for another account', () => {
    const sealed = sealFields(keys.publicKey, context, fields);
    expect(openFields(newKeyPair().privateKey, context, sealed)).toMatchObject(refused);
    for (const other of [accountContext(8), accountContext(71), 'account:', '']) {
      expect(openFields(keys.privateKey, other, sealed)).toMatchObject(refused);
    }
  });

  test('does not open once any character of it was changed, left out or put in', () => {
    const sealed = sealFields(keys.publicKey, context, { a: 'b' });
    for (let at = 0; at < sealed.length; at += 1) {
      const [before, after] = [sealed.slice(0, at), sealed.slice(at + 1)];
      const other = sealed[at] === 'A' ? 'B' : 'A';
      for (const changed of [
        `${before}${other}${after}`,
        `${before}${after}`,
        `${before}=${sealed.slice(at)}`,
      ]) {
        expect(openFields(keys.privateKey, context, changed), changed).toMatchObject(refused);
      }
    }
    expect(openFields(keys.privateKey, context, `${sealed}.AA`)).toMatchObject(refused);
  });

  test('does not open with a short tag, which could be guessed', () => {
    const parts = sealFields(keys.publicKey, context, fields).split('.');
    const short = Buffer.from(parts[3] ?? '', 'base64url').subarray(0, 4);
    parts[3] = short.toString('base64url');
    expect(openFields(keys.privateKey, context, parts.join('.'))).toMatchObject(refused);
  });

  test('garbage is refused and never thrown over', () => {
    const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
    const stranger = Buffer.concat([cipher.update('x'), cipher.final()]).toString('base64url');
    for (const garbage of [
      '',
      'v1',
      'v1....',
      `v2.${stranger}.a.b.c`,
      '{"appPassword":"x"}',
      '\0'.repeat(99),
    ]) {
      expect(openFields(keys.privateKey, context, garbage)).toMatchObject(refused);
    }
    const sealed = sealFields(keys.publicKey, context, fields);
    for (const key of ['', 'garbage', keys.publicKey]) {
      expect(openFields(key, context, sealed)).toMatchObject(refused);
      expect(pairOf(key)).toBeNull();
    }
    expect(pairOf(keys.privateKey)).toEqual(keys);
  });
});
