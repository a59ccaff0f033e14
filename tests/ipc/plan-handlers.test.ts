import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStopTicks } from '../../src-main/ipc/stop-ticks.ts';
import type { Requests } from '../../src-preload/contract.ts';
import { type DeskRig, openDeskRig } from './desk-rig.ts';

const PLAN: Omit<Requests['plan.save'], 'brandId'> = {
  language: 'fr',
  decisionMakers: [{ name: 'Inès Lambert', role: 'Directrice', phone: '+33 6 00 00 00 01', email: '' }],
  toneRules: ['Pas d’humour.'],
  holdingMessage: 'Nous suspendons nos publications.',
  steps: [
    { key: 'call', text: 'Appeler', who: 'Camille Roux' },
    { key: 'ads', text: 'Couper les campagnes', who: '' },
  ],
};
const TOOL = {
  key: 'buffer',
  kind: 'scheduler',
  name: 'Buffer',
  link: 'https://buffer.example/',
  note: '',
} as const;

const unwrap = <T>(reply: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
};

/** The id of a stop of everything that is in force. */
async function stopAll(rig: DeskRig): Promise<string> {
  const view = unwrap(await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }] }));
  const [stop] = view.stops;
  if (!stop) throw new Error('nothing is stopped');
  return stop.id;
}

async function rigWithPlan() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Verrier');
  const accountId = await rig.addAccount(brandId, 'practice', 'atelier', {});
  unwrap(await rig.handlers['plan.save']({ brandId, ...PLAN }));
  unwrap(await rig.handlers['tool.save']({ accountId, tools: [TOOL] }));
  return { rig, brandId, accountId };
}

test('a plan is kept as it was typed, listed with what it lacks, and lies beside the database as a page', async () => {
  const { rig, brandId } = await rigWithPlan();
  expect(unwrap(await rig.handlers['plan.read']({ brandId }))).toMatchObject({
    brandId,
    ...PLAN,
    copyProblem: '',
  });
  expect(unwrap(await rig.handlers['plan.list']({}))).toMatchObject([
    { brandId, lacks: ['names'], stepKeys: ['call', 'ads'], decisionMakers: PLAN.decisionMakers },
  ]);
  const dir = join(rig.dataDir, 'plans');
  expect(readdirSync(dir)).toEqual([`${brandId}-maison-verrier.html`]);
  const path = join(dir, `${brandId}-maison-verrier.html`);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  const page = readFileSync(path, 'utf8');
  for (const words of [
    'Inès Lambert',
    '+33 6 00 00 00 01',
    'Pas d’humour.',
    'Camille Roux',
    'https://buffer.example/',
  ])
    expect(page).toContain(words);
});

test('a brand without a plan has none, and nothing to print', async () => {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Élan');
  expect(await rig.handlers['plan.read']({ brandId })).toEqual({ ok: true, value: null });
  expect(await rig.handlers['plan.print']({ brandId })).toMatchObject({ error: { code: 'no-plan' } });
  expect(await rig.handlers['plan.save']({ brandId: 99, ...PLAN })).toMatchObject({
    error: { code: 'no-such-brand' },
  });
});

test('a renamed brand takes its page along, and a page names no removed account', async () => {
  const { rig, brandId, accountId } = await rigWithPlan();
  const asked = {
    brandId,
    name: 'Atelier Nord',
    market: '',
    timeZone: 'Europe/Paris',
    graceMinutes: 5,
    colour: '#112233',
  };
  unwrap(await rig.handlers['brand.change'](asked));
  const dir = join(rig.dataDir, 'plans');
  expect(readdirSync(dir)).toEqual([`${brandId}-atelier-nord.html`]);
  const page = () => readFileSync(join(dir, `${brandId}-atelier-nord.html`), 'utf8');
  expect(page()).toContain('Atelier Nord');
  expect(page()).not.toContain('Maison Verrier');
  unwrap(await rig.handlers['account.remove']({ accountId }));
  expect(page()).not.toContain('Buffer');
  expect(unwrap(await rig.handlers['tool.list']({}))).toEqual([]);
});

test('links that are not plain https are refused by name, and what was kept stays', async () => {
  const { rig, accountId } = await rigWithPlan();
  const links = [
    'javascript:alert(1)',
    'http://buffer.example',
    'data:text/html,x',
    'https://',
    'https://someone:secret@buffer.example',
    'https://buffer.example/\nSet-Cookie',
    ' https://buffer.example',
    'file:///etc/passwd',
  ];
  for (const link of links) {
    const refused = await rig.handlers['tool.save']({ accountId, tools: [{ ...TOOL, name: 'Evil', link }] });
    expect(refused, link).toMatchObject({
      error: { code: 'tool-link', message: expect.stringContaining('Evil') },
    });
  }
  expect(await rig.handlers['tool.save']({ accountId, tools: [TOOL, TOOL] })).toMatchObject({
    error: { code: 'plan-keys' },
  });
  expect(await rig.handlers['tool.save']({ accountId, tools: [{ ...TOOL, name: '  ' }] })).toMatchObject({
    error: { code: 'tool-name' },
  });
  expect(unwrap(await rig.handlers['tool.list']({}))).toMatchObject([TOOL]);
});

test('a tick names who, when and the words of then, and is read back from the journal alone', async () => {
  const { rig, brandId, accountId } = await rigWithPlan();
  const stopId = await stopAll(rig);
  const before = Date.now();
  const by = 'Camille Roux';
  unwrap(
    await rig.handlers['checklist.tick']({ stopId, brandId, kind: 'step', key: 'call', done: true, by }),
  );
  const [tool] = unwrap(await rig.handlers['tool.list']({}));
  const key = tool?.tickKey ?? '';
  expect(key).toBe(`${accountId}:buffer`);
  unwrap(await rig.handlers['checklist.tick']({ stopId, brandId, kind: 'tool', key, done: true, by }));
  unwrap(
    await rig.handlers['checklist.tick']({ stopId, brandId, kind: 'tool', key, done: false, by: 'Noé' }),
  );
  // The step is reworded afterwards: what was ticked off stays what it was.
  const [, ads] = PLAN.steps;
  const steps = [{ key: 'call', text: 'Tout autre chose', who: '' }, ads as never];
  unwrap(await rig.handlers['plan.save']({ brandId, ...PLAN, steps }));
  const wanted = [
    { brandId, kind: 'step', key: 'call', text: 'Appeler', isDone: true, by, at: expect.any(Number) },
    { brandId, kind: 'tool', key, text: 'Buffer', isDone: false, by: 'Noé', at: expect.any(Number) },
  ];
  const list = unwrap(await rig.handlers['checklist.read']({ stopId }));
  expect(list).toEqual({ stopId, isOpen: true, ticks: wanted });
  expect(list.ticks[0]?.at).toBeGreaterThanOrEqual(before);
  const fresh = createStopTicks({ engine: rig.engine, now: Date.now, onChange: () => {} });
  expect(await fresh.read([stopId])).toEqual(wanted);
  expect(await fresh.read(['another-stop'])).toEqual([]);
  const line = rig.engine.journal.tail().find(({ event }) => event === 'plan.ticked');
  expect(line).toMatchObject({
    by,
    details: {
      stop: stopId,
      brand: brandId,
      name: 'Maison Verrier',
      text: 'Appeler',
      who: 'Camille Roux',
      done: true,
    },
  });
  expect(rig.desk.settings.read().personName).toBe('Noé');
});

test('nothing can be ticked off for a stop, a brand or an entry that is not there', async () => {
  const { rig, brandId } = await rigWithPlan();
  const stopId = await stopAll(rig);
  const asked = { stopId, brandId, kind: 'step', key: 'call', done: true, by: 'Camille' } as const;
  const codeOf = async (change: Partial<Requests['checklist.tick']>) => {
    const reply = await rig.handlers['checklist.tick']({ ...asked, ...change });
    return reply.ok ? 'ok' : reply.error.code;
  };
  expect(await codeOf({ stopId: 'nothing' })).toBe('no-such-stop');
  expect(await codeOf({ brandId: 99 })).toBe('no-such-brand');
  expect(await codeOf({ key: 'gone' })).toBe('no-such-entry');
  expect(await codeOf({ kind: 'tool', key: 'call' })).toBe('no-such-entry');
  const other = await rig.addBrand('Other');
  expect(await codeOf({ brandId: other })).toBe('no-such-entry');
  expect(unwrap(await rig.handlers['checklist.read']({ stopId })).ticks).toEqual([]);
});

test('what was ticked off counts under a stop that follows at once, with its name, and not under one a day later', async () => {
  const { rig, brandId } = await rigWithPlan();
  const first = await stopAll(rig);
  const asked = { stopId: first, brandId, kind: 'step', key: 'call', done: true, by: 'Camille' } as const;
  unwrap(await rig.handlers['checklist.tick'](asked));
  await rig.engine.stop.settled(first);
  const { pressCount } = rig.engine.stop.status();
  unwrap(await rig.handlers['release.confirm']({ brandIds: [brandId], stopIds: [], by: 'Noé', pressCount }));
  const second = await stopAll(rig);
  const ticks = async () => unwrap(await rig.handlers['checklist.read']({ stopId: second })).ticks;
  expect(await ticks()).toMatchObject([{ key: 'call', by: 'Camille', isDone: true }]);
  const real = rig.desk.history;
  const isLater = <T extends { id: string; engagedAt: number }>(stop: T): T =>
    stop.id === second ? { ...stop, engagedAt: stop.engagedAt + 86_400_000 } : stop;
  Object.assign(rig.desk, {
    history: {
      ...real,
      read: async (id: string) => isLater((await real.read(id)) as never),
      list: async (limit: number) => (await real.list(limit)).map(isLater),
    },
  });
  expect(await ticks()).toEqual([]);
});

test('nothing is ticked off for a brand the stop does not cover', async () => {
  const { rig, brandId, accountId } = await rigWithPlan();
  const other = await rig.addBrand('Other');
  await rig.addAccount(other, 'practice', 'elsewhere', {});
  unwrap(await rig.handlers['plan.save']({ brandId: other, ...PLAN }));
  const codeFor = async (scope: Requests['stop.engage']['scopes'][number], asked: number) => {
    const stop = unwrap(await rig.handlers['stop.engage']({ scopes: [scope] })).stops.find(
      (one) => one.scope.kind === scope.kind,
    );
    const tick = { stopId: stop?.id ?? '', kind: 'step', key: 'call', done: true, by: 'Camille' } as const;
    const reply = await rig.handlers['checklist.tick']({ ...tick, brandId: asked });
    return reply.ok ? 'ok' : reply.error.code;
  };
  expect(await codeFor({ kind: 'brand', brandId }, other)).toBe('stop-other-brand');
  expect(await codeFor({ kind: 'brand', brandId }, brandId)).toBe('ok');
  expect(await codeFor({ kind: 'account', accountId }, other)).toBe('stop-other-brand');
  expect(await codeFor({ kind: 'account', accountId }, brandId)).toBe('ok');
  expect(await codeFor({ kind: 'network', network: 'practice' }, other)).toBe('ok');
});

test('ticks are taken for a day after the release and then no more', async () => {
  const { rig, brandId } = await rigWithPlan();
  const stopId = await stopAll(rig);
  const real = rig.desk.history;
  const releasedAt = Date.now();
  let age = 0;
  Object.assign(rig.desk, {
    clock: { ...rig.desk.clock, now: () => releasedAt + age },
    history: {
      ...real,
      read: async (id: string) => {
        const stop = await real.read(id);
        return stop && { ...stop, isInForce: false, releasedAt };
      },
    },
  });
  const asked = { stopId, brandId, kind: 'step', key: 'call', done: true, by: 'Camille' } as const;
  age = 23 * 3_600_000;
  expect(await rig.handlers['checklist.tick'](asked)).toMatchObject({ ok: true });
  age = 25 * 3_600_000;
  expect(await rig.handlers['checklist.tick'](asked)).toMatchObject({ error: { code: 'stop-over' } });
  expect(unwrap(await rig.handlers['checklist.read']({ stopId }))).toMatchObject({
    isOpen: false,
    ticks: [{ key: 'call' }],
  });
});
