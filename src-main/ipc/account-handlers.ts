import type { AccountView } from '../../src-preload/views.ts';
import type { Account } from '../core/brand.ts';
import type { Connector, Verified } from '../core/connector.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { parcelFor } from '../look-up-posts.ts';
import type { AccountParcel } from '../publisher/protocol.ts';
import { accountContext, sealFields } from '../secrets/seal.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import { readAccountView } from './desk-handlers.ts';
import type { Handlers } from './serve.ts';

type AccountHandlers = Pick<
  Handlers,
  'account.connect' | 'account.signIn' | 'account.verify' | 'account.change'
>;

type Fields = Readonly<Record<string, string>>;

/** What the form gave, apart: settings are kept as they are, secrets are sealed. Unknown fields are dropped. */
function splitFields(connector: Connector, fields: Fields): { settings: Fields; secrets: Fields } {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of connector.settings) {
    const value = fields[field.key]?.trim();
    if (value) (field.kind === 'secret' ? secrets : settings)[field.key] = value;
  }
  return { settings, secrets };
}

function missingField(desk: Desk, connector: Connector, fields: Fields): Result<true> {
  const missing = connector.settings.find((field) => !field.optional && !fields[field.key]?.trim());
  return missing ? refuse('field-missing', `${missing.label[desk.language()]}: this is needed.`) : ok(true);
}

type Said = (network: string, detail: string) => string;
const NOT_USABLE: Record<'signed-out' | 'unreachable', Record<'en' | 'fr', Said>> = {
  'signed-out': {
    en: (network, detail) => `${network} did not accept the sign-in (${detail}). Nothing was saved.`,
    fr: (network, detail) => `${network} n’a pas accepté la connexion (${detail}). Rien n’a été enregistré.`,
  },
  unreachable: {
    en: (network, detail) =>
      `${network} could not be asked (${detail}). Nothing was saved. Try again when it can be reached.`,
    fr: (network, detail) =>
      `${network} n’a pas pu être interrogé (${detail}). Rien n’a été enregistré. Réessayez quand il sera joignable.`,
  },
};

export function createAccountHandlers(desk: Desk): AccountHandlers {
  const { engine } = desk;

  /** Only a sign-in that works is kept: what does not is refused with the network's own words in the sentence. */
  const usable = (connector: Connector, verified: Verified) =>
    verified.kind === 'ready'
      ? ok(verified)
      : refuse(verified.kind, NOT_USABLE[verified.kind][desk.language()](connector.name, verified.detail));

  /** An identity connected before gets the new sign-in; otherwise it becomes an account. */
  async function keep(
    open: OpenDesk,
    connector: Connector,
    order: { brandId: number; name: string; settings: Fields; secrets: Fields },
    verified: Extract<Verified, { kind: 'ready' }>,
  ): Promise<Result<AccountView>> {
    const { accounts } = open.storage;
    const name = order.name.trim() || verified.name;
    const settings = { ...order.settings, ...verified.settings, profile: verified.url };
    const created = await accounts.create({
      brandId: order.brandId,
      network: connector.network,
      name,
      settings,
      sealed: null,
    });
    let account: Account;
    if (created.ok) {
      account = created.value;
    } else {
      const same = (await accounts.list()).find(
        (known) =>
          known.brandId === order.brandId &&
          known.network === connector.network &&
          known.name.toLowerCase() === name.toLowerCase(),
      );
      if (!same) return created;
      account = same;
    }
    await seal(open, account, { ...order.secrets, ...verified.secrets }, settings);
    engine.record({
      event: created.ok ? 'account.connected' : 'account.signed-in',
      by: desk.settings.read().personName,
      details: { account: account.id, network: connector.network, name },
    });
    deskChanged(desk, 'accounts');
    return await readAccountView(desk, open, account.id);
  }

  async function seal(open: OpenDesk, account: Account, secrets: Fields, settings: Fields): Promise<void> {
    const { accounts } = open.storage;
    if (Object.keys(secrets).length > 0)
      await accounts.setSealed(
        account.id,
        sealFields(await desk.keyForSignIn(), accountContext(account.id), secrets),
      );
    await accounts.change({ ...account, settings, state: 'ready', problem: '' });
  }

  const unknownNetwork = (network: string) =>
    refuse('no-such-network', `This version does not know ${network}.`);

  async function draftParcel(
    open: OpenDesk,
    connector: Connector,
    brandId: number,
    name: string,
    settings: Fields,
  ): Promise<AccountParcel> {
    const brand = (await open.directory.read()).brands.get(brandId);
    return { id: 0, name, brand: brand?.name ?? '', network: connector.network, settings, sealed: null };
  }

  return {
    async 'account.connect'({ brandId, network, name, fields }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const connector = desk.connectorFor(network);
      if (!connector) return unknownNetwork(network);
      const complete = missingField(desk, connector, fields);
      if (!complete.ok) return complete;
      const { settings, secrets } = splitFields(connector, fields);
      const account = await draftParcel(open.value, connector, brandId, name, settings);
      const answer = await engine.lookUps.run({ kind: 'verify', account, fields: secrets });
      if (!answer.ok) return answer;
      const verified = usable(connector, answer.value);
      if (!verified.ok) return verified;
      return await keep(open.value, connector, { brandId, name, settings, secrets }, verified.value);
    },

    async 'account.signIn'({ brandId, network, fields }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const connector = desk.connectorFor(network);
      if (!connector?.signIn) return unknownNetwork(network);
      const complete = missingField(desk, connector, fields);
      if (!complete.ok) return complete;
      const { settings, secrets } = splitFields(connector, fields);
      const account = await draftParcel(open.value, connector, brandId, '', settings);
      const answer = await desk.signIn({
        begin: async (callback) => {
          const begun = await engine.lookUps.run({ kind: 'begin-sign-in', account, callback });
          return begun.ok ? begun.value : { kind: 'failed', detail: begun.error.message };
        },
        finish: (reply) => engine.lookUps.run({ kind: 'finish-sign-in', account, answer: reply }),
      });
      if (!answer.ok) return answer;
      if (!answer.value.ok) return answer.value;
      const verified = usable(connector, answer.value.value);
      if (!verified.ok) return verified;
      return await keep(open.value, connector, { brandId, name: '', settings, secrets }, verified.value);
    },

    async 'account.verify'({ accountId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { accounts } = open.value.storage;
      const account = await accounts.read(accountId);
      if (!account) return refuse('no-such-account', 'This account is no longer there.');
      const brand = (await open.value.directory.read()).brands.get(account.brandId) ?? null;
      const parcel = await parcelFor(account, brand, accounts);
      const answer = await engine.lookUps.run({ kind: 'verify', account: parcel, fields: {} });
      if (!answer.ok) return answer;
      if (answer.value.kind === 'unreachable') return refuse('unreachable', answer.value.detail);
      if (answer.value.kind === 'signed-out')
        await accounts.change({ ...account, state: 'signed-out', problem: answer.value.detail });
      else
        await seal(open.value, account, answer.value.secrets, {
          ...account.settings,
          ...answer.value.settings,
        });
      deskChanged(desk, 'accounts');
      return await readAccountView(desk, open.value, accountId);
    },

    async 'account.change'({ accountId, fields }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { accounts } = open.value.storage;
      const account = await accounts.read(accountId);
      const connector = account && desk.connectorFor(account.network);
      if (!account || !connector) return refuse('no-such-account', 'This account is no longer there.');
      const { settings, secrets } = splitFields(connector, fields);
      const merged = { ...account.settings, ...settings };
      const brand = (await open.value.directory.read()).brands.get(account.brandId) ?? null;
      const parcel = { ...(await parcelFor(account, brand, accounts)), settings: merged };
      const answer = await engine.lookUps.run({ kind: 'verify', account: parcel, fields: secrets });
      if (!answer.ok) return answer;
      const verified = usable(connector, answer.value);
      if (!verified.ok) return verified;
      await seal(
        open.value,
        account,
        { ...secrets, ...verified.value.secrets },
        { ...merged, ...verified.value.settings },
      );
      deskChanged(desk, 'accounts');
      return await readAccountView(desk, open.value, accountId);
    },
  };
}
