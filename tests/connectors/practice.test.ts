import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { practice } from '../../src-main/connectors/practice/index.ts';
import { folderName } from '../../src-main/connectors/practice/outbox.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';

function filesIn(outboxDir: string): string[] {
  return readdirSync(outboxDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describeConformance({
  connector: practice,
  textsIn: (outboxDir) =>
    filesIn(outboxDir)
      .map(read)
      .sort((a, b) => Number(a.part) - Number(b.part))
      .map((post) => String(post.text)),
});

describe('Practice', () => {
  let outboxDir: string;
  beforeEach(() => {
    outboxDir = mkdtempSync(join(tmpdir(), 'allstop-outbox-'));
  });
  afterEach(() => rmSync(outboxDir, { recursive: true, force: true }));
  const context = (behaviour: string, more: TestContextOptions = {}) =>
    createTestContext({ outboxDir, settings: { behaviour, slowMs: '60' }, ...more });
  const hello = () => sampleRequest(sampleContent(['Hello']));

  test('a post is one readable file named for its time, its post and its key', async () => {
    const request = sampleRequest(
      sampleContent(['Bonjour'], { link: 'https://example.com', media: [samplePng()] }),
      { publishAt: Date.UTC(2026, 11, 1, 8, 30) },
    );
    await practice.publish(context('normal', { brand: 'Café Søn', name: 'main' }), request);
    const file = join(
      outboxDir,
      'Café Søn',
      'main',
      `20261201T083000Z-${request.postId}-${request.key}.json`,
    );
    expect(filesIn(outboxDir)).toEqual([file]);
    expect(read(file)).toMatchObject({
      id: String(request.postId),
      key: request.key,
      part: 1,
      parts: 1,
      brand: 'Café Søn',
      account: 'main',
      text: 'Bonjour\n\nhttps://example.com',
      media: [{ sha256: PNG_SHA256, altText: 'One grey pixel' }],
      publishAt: '2026-12-01T08:30:00.000Z',
    });
  });

  test('a slow account can be stopped before it writes', async () => {
    const abort = new AbortController();
    const publishing = practice.publish(context('slow', { signal: abort.signal }), hello());
    abort.abort();
    expect((await publishing).kind).toBe('not-sent');
    expect(filesIn(outboxDir)).toEqual([]);
    expect((await practice.publish(context('slow'), hello())).kind).toBe('published');
  });

  test('a slow thread stopped between two parts is cut', async () => {
    const abort = new AbortController();
    const slow = context('slow', { signal: abort.signal });
    const outcome = await practice.publish(
      { ...slow, onPart: () => abort.abort() },
      sampleRequest(sampleContent(['One', 'Two'])),
    );
    expect(outcome).toMatchObject({ kind: 'cut', refs: [{}] });
    expect(filesIn(outboxDir)).toHaveLength(1);
  });

  test('a refusing account refuses, and one that asks to wait says until when', async () => {
    expect(await practice.publish(context('refuse'), hello())).toMatchObject({ kind: 'refused' });
    expect(await practice.publish(context('try-later', { now: () => 1_000 }), hello())).toMatchObject({
      kind: 'try-later',
      notBefore: 31_000,
    });
    expect(filesIn(outboxDir)).toEqual([]);
  });

  test('an account that loses its answers has published, and find sees it', async () => {
    const request = hello();
    expect(await practice.publish(context('lose-answer'), request)).toMatchObject({ kind: 'unconfirmed' });
    expect(filesIn(outboxDir)).toHaveLength(1);
    expect(await practice.find?.(context('lose-answer'), request, [])).toMatchObject({ kind: 'found' });
  });

  test('half a thread is neither found nor absent', async () => {
    const request = sampleRequest(sampleContent(['One', 'Two']));
    const outcome = await practice.publish(context('normal'), request);
    const refs = outcome.kind === 'published' ? outcome.refs : [];
    await practice.remove?.(context('normal'), refs.slice(1));
    expect((await practice.find?.(context('normal'), request, []))?.kind).toBe('unclear');
  });

  test('an outbox that cannot be written to is tried again, because nothing went out', async () => {
    writeFileSync(join(outboxDir, 'Test brand'), 'a file where the folder should be');
    expect(await practice.publish(context('normal'), hello())).toMatchObject({ kind: 'try-later' });
  });

  test('nothing outside the outbox can be taken down', async () => {
    const outside = join(outboxDir, 'outside.json');
    const inner = join(outboxDir, 'outbox');
    mkdirSync(inner);
    writeFileSync(outside, '{}');
    const removed = await practice.remove?.(context('normal', { outboxDir: inner }), [
      { id: '../outside.json', url: '' },
    ]);
    expect(removed?.kind).toBe('failed');
    expect(filesIn(outboxDir)).toEqual([outside]);
  });

  test('any name makes a folder of its own, usable on every system', () => {
    const names = [
      '..',
      '.',
      '',
      'a/b',
      'a\\b',
      'a_b',
      'CON',
      'nul.txt',
      'x'.repeat(300),
      '🦊',
      'c:',
      ' x ',
      'a\0b',
    ];
    const folders = names.map(folderName);
    expect(new Set(folders).size).toBe(names.length);
    for (const folder of folders) {
      expect(folder).toMatch(/^[\p{L}\p{M}\p{N} ._-]+$/u);
      expect(folder).not.toMatch(/^[. ]|[. ]$|^(?:con|nul)(?:\.|$)/iu);
      expect(Buffer.byteLength(folder)).toBeLessThan(200);
    }
    expect(folderName('Acme Ltd.')).not.toBe(folderName('Acme Ltd'));
    expect(folderName('Société Générale')).toBe('Société Générale');
  });
});
