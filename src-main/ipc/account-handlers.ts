import type { AccountView } from '../../src-preload/views.ts';
import type { Account, AccountId } from '../core/brand.ts';
import type { Connector, Verified } from '../core/connector.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { SignIn } from '../core/stores.ts';
import { parcelOf } from '../look-up-posts.ts';
import type { AccountParcel } from '../publisher/protocol.ts';
import { accountContext, sealFields } from '../secrets/seal.ts';
import { type Desk, namesChanged, needDesk, type OpenDesk } from './desk.ts';
import { readAccountView } from './desk-handlers.ts';
import type { Handlers } from './serve.ts';
import {
  addressOf,
  type Fields,
  formSettings,
  isWhole,
  missingField,
  movesElsewhere,
  splitFields,
} from './sign-in-fields.ts';
import { SERVER_CHANGED } from './to-view.ts';

type AccountHandlers = Pick<
  Handlers,
  'account.connect' | 'account.signIn' | 'account.verify' | 'account.change'
>;

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

const NOT_ASKED: Record<'en' | 'fr', Said> = {
  en: (network, detail) => `${network} could not be asked (${detail}). Nothing was changed.`,
  fr: (network, detail) => `${network} n’a pas pu être interrogé (${detail}). Rien n’a été modifié.`,
};

const READY = { state: 'ready', problem: '' } as const;

const noSuchAccount = () => refuse('no-such-account', 'This account is no longer there.');

const CHANGED_MEANWHILE = {
  en: 'The account’s sign-in changed while this was being checked. Nothing was saved. Try again.',
  fr: 'La connexion du compte a changé pendant la vérification. Rien n’a été enregistré. Réessayez.',
};
const changedMeanwhile = (desk: Desk) => refuse('changed-meanwhile', CHANGED_MEANWHILE[desk.language()]);

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
    const sealed = await seal(account.id, { ...order.secrets, ...verified.secrets });
    await accounts.setSignIn(account.id, { settings, sealed, ...READY }, null);
    engine.record({
      event: created.ok ? 'account.connected' : 'account.signed-in',
      by: desk.settings.read().personName,
      details: { account: account.id, network: connector.network, name },
    });
    await namesChanged(desk, open);
    return await readAccountView(desk, open, account.id);
  }

  async function seal(accountId: AccountId, secrets: Fields): Promise<string | null> {
    if (Object.keys(secrets).length === 0) return null;
    return sealFields(await desk.keyForSignIn(), accountContext(accountId), secrets);
  }

  /** An account, with the sign-in that is now looked at. */
  async function readKnown(open: OpenDesk, accountId: AccountId) {
    const { accounts } = open.storage;
    const [account, signIn] = [await accounts.read(accountId), await accounts.readSignIn(accountId)];
    const connector = account && desk.connectorFor(account.network);
    if (!account || !signIn || !connector) return null;
    const brand = (await open.directory.read()).brands.get(account.brandId) ?? null;
    return { account, signIn, connector, brand };
  }

  /** What was sealed for one server is never shown to another: it goes, and the account waits for a new sign-in. */
  async function dropSignIn(
    open: OpenDesk,
    { account, signIn, connector }: NonNullable<Awaited<ReturnType<typeof readKnown>>>,
    settings: Fields,
  ): Promise<Result<AccountView>> {
    const unusable = connector.settings.find(
      ({ key, kind }) => kind === 'url' && settings[key] !== undefined && addressOf(settings[key]) === null,
    );
    if (unusable) return refuse('bad-url', `${unusable.label[desk.language()]}: ${settings[unusable.key]}`);
    const wanted = { ...formSettings(connector, signIn.settings), ...settings };
    const dropped: SignIn = {
      settings: wanted,
      sealed: null,
      state: 'signed-out',
      problem: SERVER_CHANGED,
    };
    const isKept = await open.storage.accounts.setSignIn(account.id, dropped, signIn);
    if (isKept)
      engine.record({
        event: 'account.signed-out',
        by: desk.settings.read().personName,
        details: { account: account.id, detail: SERVER_CHANGED },
      });
    await namesChanged(desk, open);
    return isKept ? await readAccountView(desk, open, account.id) : changedMeanwhile(desk);
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
      const complete = missingField(desk.language(), connector, fields);
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
      const complete = missingField(desk.language(), connector, fields);
      if (!complete.ok) return complete;
      const { settings, secrets } = splitFields(connector, fields);
      const account = await draftParcel(open.value, connector, brandId, '', settings);
      const answer = await desk.signIn({
        port: connector.signIn.port,
        begin: async (callback) => {
          const begun = await engine.lookUps.run({
            kind: 'begin-sign-in',
            account,
            fields: secrets,
            callback,
          });
          return begun.ok ? begun.value : { kind: 'failed', detail: begun.error.message };
        },
        finish: (reply) =>
          engine.lookUps.run({ kind: 'finish-sign-in', account, fields: secrets, answer: reply }),
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
      const known = await readKnown(open.value, accountId);
      if (!known) return noSuchAccount();
      const { account, signIn, brand } = known;
      const parcel = parcelOf(account, brand, signIn);
      const answer = await engine.lookUps.run({ kind: 'verify', account: parcel, fields: {} });
      if (!answer.ok) return answer;
      if (answer.value.kind === 'unreachable')
        return refuse('unreachable', NOT_ASKED[desk.language()](known.connector.name, answer.value.detail));
      const found: SignIn =
        answer.value.kind === 'signed-out'
          ? { ...signIn, state: 'signed-out', problem: answer.value.detail }
          : {
              settings: { ...signIn.settings, ...answer.value.settings },
              sealed: (await seal(accountId, answer.value.secrets)) ?? signIn.sealed,
              ...READY,
            };
      // Signed in anew, or refused while posting, in the meantime: that is newer than this answer, and is what is shown.
      await open.value.storage.accounts.setSignIn(accountId, found, signIn);
      await namesChanged(desk, open.value);
      return await readAccountView(desk, open.value, accountId);
    },

    async 'account.change'({ accountId, fields }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const known = await readKnown(open.value, accountId);
      if (!known) return noSuchAccount();
      const { account, signIn, connector, brand } = known;
      const { settings, secrets } = splitFields(connector, fields);
      const isElsewhere = movesElsewhere(connector, signIn.settings, settings);
      if (isElsewhere && !isWhole(connector, secrets)) return dropSignIn(open.value, known, settings);
      const wanted = isElsewhere
        ? { settings: { ...formSettings(connector, signIn.settings), ...settings }, sealed: null }
        : { settings: { ...signIn.settings, ...settings }, sealed: signIn.sealed };
      const parcel = parcelOf(account, brand, wanted);
      const answer = await engine.lookUps.run({ kind: 'verify', account: parcel, fields: secrets });
      if (!answer.ok) return answer;
      const verified = usable(connector, answer.value);
      if (!verified.ok) return verified;
      const kept: SignIn = {
        settings: { ...wanted.settings, ...verified.value.settings, profile: verified.value.url },
        sealed: (await seal(accountId, { ...secrets, ...verified.value.secrets })) ?? wanted.sealed,
        ...READY,
      };
      const isKept = await open.value.storage.accounts.setSignIn(accountId, kept, signIn);
      await namesChanged(desk, open.value);
      return isKept ? await readAccountView(desk, open.value, accountId) : changedMeanwhile(desk);
    },
  };
}
