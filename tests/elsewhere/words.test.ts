import { expect, test } from 'vitest';
import { elsewhere as en } from '../../src-renderer/i18n/en/elsewhere.ts';
import { elsewhere as fr } from '../../src-renderer/i18n/fr/elsewhere.ts';

test('what is still there is not said to have been cancelled', () => {
  expect(en.state['still-there']).not.toMatch(/cancelled/u);
  expect(fr.state['still-there']).not.toMatch(/annulée/u);
});
