import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connectorFor, connectors } from '../../src-main/connectors/index.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const folders = readdirSync(at('src-main/connectors'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name);

test('every folder is a network in the list, under its own name and once', () => {
  expect(connectors.map(({ network }) => network).sort()).toEqual(folders.sort());
  for (const folder of folders) expect(connectorFor(folder)?.network).toBe(folder);
});

test.each(folders)('%s is put through the conformance suite', (folder) => {
  const file = at(`tests/connectors/${folder}.test.ts`);
  expect(existsSync(file), file).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/describeConformance\(/u);
});

test('a network of a newer version is unknown, not an error', () => {
  expect(connectorFor('carrier-pigeon')).toBeNull();
});

test('no setting has the name of another of the same network', () => {
  for (const { settings } of connectors) {
    expect(new Set(settings.map(({ key }) => key)).size).toBe(settings.length);
  }
});
