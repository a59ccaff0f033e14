import { expect, onTestFinished, test, vi } from 'vitest';
import { likelyControlPlaces, readSurroundings } from '../src-main/cli/control-place.ts';
import { askFirst } from '../src-main/cli/control-socket.ts';
import { listen } from '../src-main/control.ts';
import { createSystemClock } from '../src-main/desktop/system-clock.ts';
import { createDeskHolder } from '../src-main/open-desk.ts';
import { openEngine } from './support/engine-here.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a stop by a name that does not exist is answered as widened, also when everything is stopped already, and only that one', async () => {
  const { engine, dataDir } = await openEngine();
  const holder = createDeskHolder({ dataDir, engine, clock: createSystemClock(), onMoved: () => {} });
  const control = await listen(dataDir, engine, holder);
  onTestFinished(() => control.close());
  engine.keepNames({ brands: [{ id: 7, name: 'Maison Lune', market: '' }], accounts: [] });
  const places = likelyControlPlaces(dataDir, readSurroundings(process.env));
  const ask = (scope: string) =>
    askFirst(places, { verb: 'stop', scopes: [scope], reason: 'a storm', by: 'ana' }, 10_000);
  const widened = (widenedFrom: string) => ({ kind: 'answer', value: { isDurable: true, widenedFrom } });
  expect(await ask('brand:Nobody')).toMatchObject(widened('brand:Nobody'));
  expect(await ask('')).toMatchObject(widened(''));
  expect(await ask('foo:bar')).toMatchObject(widened('foo:bar'));
  expect(await ask('brand:Maison Lune')).toMatchObject(widened(''));
});
