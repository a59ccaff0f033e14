import type { Instant } from './clock.ts';
import type { Content, RemoteRef } from './post.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from './scheduled-elsewhere.ts';

/** One thing a person fills in to connect an account. */
export type SettingField = {
  readonly key: string;
  /** 'secret' is sealed and never shown again; 'url' must be https, or http on a loopback address. */
  readonly kind: 'text' | 'secret' | 'url' | 'choice';
  /** English and French, for the form. */
  readonly label: { readonly en: string; readonly fr: string };
  readonly hint?: { readonly en: string; readonly fr: string };
  readonly optional?: boolean;
  readonly choices?: readonly string[];
  /** What the form starts with. */
  readonly initial?: string;
};

/** How the network counts a text. 'grapheme': what a person sees as one character; 'weighted': Latin once, the rest and emoji twice. */
export type Counting = 'grapheme' | 'code-point' | 'utf16' | 'weighted';

export type Limits = {
  readonly counting: Counting;
  readonly textLength: number;
  /** What fits into the first part when it carries media; null where that is `textLength` too. */
  readonly captionLength: number | null;
  /** A text as it is sent: signs that mean something in the network's markup made plain. Lengths are counted on it. */
  readonly written: (text: string) => string;
  /** UTF-8 bytes; null when the network sets none. */
  readonly textBytes: number | null;
  /** Every URL counts as this many; null when it counts as it is written. */
  readonly urlLength: number | null;
  readonly mediaCount: number;
  readonly mediaBytes: number;
  readonly mediaMimes: readonly string[];
  /** 0 where the network has no place for one. */
  readonly altTextLength: number;
  readonly threads: boolean;
  /**
   * False when the network shows the link as a card, 'with-media' when it does so only for a post without media; otherwise it is
   * added to the first part's text and counts there.
   */
  readonly linkInText?: boolean | 'with-media';
  /** What else stands in a content's way there, or is good to know before it goes out. Pure. */
  readonly further: (content: Content) => readonly Problem[];
};

/**
 * What the network offers against saying a thing twice (strongest first): a key it honours; an id we choose; a handle
 * got before publishing; a list to match against; nothing. All but the first two are never repeated by machine once a byte left.
 */
export type Idempotency = 'key' | 'own-id' | 'handle' | 'list' | 'none';

export type Problem = {
  readonly code:
    | 'text-too-long'
    | 'text-empty'
    | 'too-many-media'
    | 'media-too-big'
    | 'media-type'
    | 'alt-missing'
    | 'alt-too-long'
    | 'alt-unseen'
    | 'no-threads'
    | 'other';
  /** 'warning' is said; 'error' keeps the post from being scheduled. */
  readonly level: 'error' | 'warning';
  readonly message: { readonly en: string; readonly fr: string };
};

/** The guarded way out, made by the publisher. Both refuse with `GateClosed` once the signal is aborted. No retries, no redirects followed. */
export type Http = {
  /** For what makes nothing public: reading, verifying, uploading ahead. */
  call(url: string, init?: HttpInit): Promise<HttpAnswer>;
  /**
   * For the one request of this step that makes something public. The gate is asked in the same synchronous step in which
   * the first byte is written; closed, no byte leaves and this rejects with `GateClosed`.
   */
  send(url: string, init?: HttpInit): Promise<HttpAnswer>;
};

/**
 * The guarded way to a server that is spoken to over a WebSocket; redirects are not followed. Rejects with `GateClosed` once the signal is
 * aborted, else with `NoAnswer`, whose `sent` says here only whether anything was reached.
 */
export type OpenSocket = (url: string, timeoutMs?: number) => Promise<Socket>;

/** An open WebSocket. When the signal aborts it is torn down at once, and no byte of it leaves any more. Over 1 MiB heard in all is an error. */
export type Socket = {
  /** For what makes nothing public. Throws `GateClosed` or `NoAnswer`. */
  say(text: string): void;
  /**
   * For a message that makes something public: the gate is asked in the same synchronous step in which its first byte is written. Closed,
   * no byte leaves and this rejects with `GateClosed`; rejects with `NoAnswer` (not sent) when the connection is gone.
   */
  send(text: string): Promise<void>;
  /**
   * Hands over the messages one by one, those first that came meanwhile, until `pick` gives something. Rejects with `NoAnswer` when nothing
   * does in time (15,000 ms when not given) or the connection ends: `sent` is whether the last `send` left.
   */
  until<T>(pick: (text: string) => T | undefined, timeoutMs?: number): Promise<T>;
  close(): void;
};

export type HttpInit = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData;
  /** 15,000 ms when not given. */
  readonly timeoutMs?: number;
};

/** An answer that came in full. `json` is undefined when the text is no JSON. Answers over 1 MiB are an error. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: unknown;
};

type Secrets = Readonly<Record<string, string>>;

/** What a connector is handed for one attempt, look-up or sign-in. It keeps nothing between calls. */
export type ConnectorContext = {
  readonly account: {
    readonly id: number;
    readonly name: string;
    readonly brand: string;
    readonly settings: Readonly<Record<string, string>>;
  };
  /** Decrypted; lives only in this process and only for this call. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * For secrets that wear out. `trade` is handed the whole set as it is kept now, while nobody else trades for this account, and gives the
   * whole new set, or null where the kept one still does. Resolves with what holds now, once that is durable; rejects with `NoAnswer` (not
   * sent) when it cannot be had or kept, and with what `trade` throws.
   */
  readonly renewSecrets: (trade: (kept: Secrets) => Promise<Secrets | null>) => Promise<Secrets>;
  readonly http: Http;
  readonly openSocket: OpenSocket;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** `n` bytes of good chance. */
  readonly randomBytes: (n: number) => Uint8Array;
  readonly readMedia: (sha256: string) => Promise<Uint8Array>;
  /** Resolves after `ms`; rejects at once when the signal aborts. */
  readonly wait: (ms: number) => Promise<void>;
  /**
   * The same synchronous step as `http.send`, for a network that is no HTTP server: asks the gate, then runs `write`.
   * Throws `GateClosed` without running it when the gate is closed.
   */
  readonly sendBy: <T>(write: () => T) => T;
  /** The data folder's place for what the practice network publishes. */
  readonly outboxDir: string;
  /** Tells main what a thread has made public so far, so that a crash or a stop in the middle is known as a cut. */
  readonly onPart: (ref: RemoteRef) => void;
};

/** The frozen content of one post with what an attempt needs. The intent is durable before a connector sees it. */
export type PublishRequest = {
  readonly postId: number;
  readonly content: Content;
  readonly publishAt: Instant;
  /** Made once per approval, the same on every attempt. 26 characters [0-9a-z]; also seeds ids of our own choice. */
  readonly key: string;
  readonly attempt: number;
};

export type Outcome =
  /** Definite yes, one ref per part. */
  | { readonly kind: 'published'; readonly refs: readonly RemoteRef[] }
  /** A thread of which only these parts are public, and certainly no more will be. */
  | { readonly kind: 'cut'; readonly refs: readonly RemoteRef[]; readonly detail: string }
  /** Definite no: listed refusals that cannot have published. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Definite no until the sign-in is mended. */
  | { readonly kind: 'signed-out'; readonly detail: string }
  /** A listed temporary refusal; a few of them and the post is failed. `notBefore` when the server said when. */
  | { readonly kind: 'try-later'; readonly detail: string; readonly notBefore: Instant | null }
  /** Kept back by the gate, aborted before a byte left, or the network was not reached: certainly not public, and nobody said no. */
  | { readonly kind: 'not-sent'; readonly detail: string }
  /** Everything else. It may be public. */
  | { readonly kind: 'unconfirmed'; readonly detail: string; readonly refs: readonly RemoteRef[] };

export type Found =
  | { readonly kind: 'found'; readonly refs: readonly RemoteRef[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear'; readonly detail: string };

export type Removed =
  | { readonly kind: 'removed' }
  | { readonly kind: 'already-gone' }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'unsupported'; readonly detail: string };

export type Verified =
  | {
      readonly kind: 'ready';
      /** The identity's name as the network writes it. */
      readonly name: string;
      readonly url: string;
      /**
       * What is added to the account's settings, for instance limits read from the server, as strings. Under `SIGN_IN_ENDS_AT` the instant
       * after which a person has to sign in again, where the network tells; '' where it does not.
       */
      readonly settings: Readonly<Record<string, string>>;
      /** Secrets to keep instead of or beside those given, for instance a token got for a password. */
      readonly secrets: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'signed-out'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string };

/** The setting under which the end of a sign-in is kept, in milliseconds since 1970. */
export const SIGN_IN_ENDS_AT = 'signInEndsAt';

/** Where the browser comes back to at a sign-in. */
export const redirectUriOf = (port: number): string => `http://127.0.0.1:${port}/signed-in`;

/** A sign-in through the system browser (RFC 8252: PKCE, 127.0.0.1, state, one shot, two minutes). */
export type BrowserSignIn = {
  /** The port of this machine the browser comes back to, where the network wants to know the whole address beforehand; null takes a free one. */
  readonly port: number | null;
  /** Registers with the server where needed and says where to send the person. */
  begin(
    context: ConnectorContext,
    callback: { redirectUri: string; state: string; codeChallenge: string },
  ): Promise<
    | { kind: 'open'; url: string; carry: Readonly<Record<string, string>> }
    | { kind: 'failed'; detail: string }
  >;
  /** Exchanges the code. `carry` is what `begin` returned. */
  finish(
    context: ConnectorContext,
    answer: {
      code: string;
      redirectUri: string;
      codeVerifier: string;
      carry: Readonly<Record<string, string>>;
    },
  ): Promise<Verified>;
};

/** How a network is told in a text that somebody is meant. */
export type Mentions = {
  /** A handle as it stands in a text, from a name as `verify` gives it or as people type it; null where it is none. */
  readonly write: (name: string) => string | null;
  /** The handles a text mentions, as `write` gives them, in its order. */
  readonly find: (text: string) => readonly string[];
};

/** Whole sentences in the languages of the window. */
type Words = { readonly en: string; readonly fr: string };

/** Our code for one network. A plain object; never throws for what a network can answer. */
export type Connector = {
  readonly network: string;
  readonly name: string;
  readonly idempotency: Idempotency;
  /** The network's own, or what is assumed until the server has told. */
  readonly limits: Limits;
  /** Null where nobody can be mentioned. */
  readonly mentions: Mentions | null;
  /** Limits for one account, from what `verify` kept in its settings. */
  limitsOf(settings: Readonly<Record<string, string>>): Limits;
  readonly settings: readonly SettingField[];
  /** Makes what goes into the one secret field, for a person who has none yet; null where only the network gives it. */
  readonly newSecret: ((randomBytes: (n: number) => Uint8Array) => string) | null;
  readonly signIn: BrowserSignIn | null;
  /** Accounts need no sign-in and may come from an accounts file. */
  readonly fromFile: boolean;
  /** Said in the window before connecting: what a person must have there and where it is got. */
  readonly needs: Words;
  /** Said in the window before connecting: what the network charges for publishing this way. */
  readonly costs: Words;
  /** Said in the window before connecting: how far this connector was tested. */
  readonly tested: Words;
  verify(context: ConnectorContext): Promise<Verified>;
  /** Exactly one `send` per part; refuses what `limitsOf` does not allow before any request. */
  publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome>;
  /** Reads only. */
  find:
    | ((context: ConnectorContext, request: PublishRequest, refs: readonly RemoteRef[]) => Promise<Found>)
    | null;
  remove: ((context: ConnectorContext, refs: readonly RemoteRef[]) => Promise<Removed>) | null;
  /** What waits in the network's own planner for this account; null where it has none, or none that can be read. Reads only. */
  listScheduled: ((context: ConnectorContext) => Promise<ScheduledList>) | null;
  /** Cancels one thing that waits there, once, and reads it back. */
  cancelScheduled: ((context: ConnectorContext, item: ScheduledItem) => Promise<Cancellation>) | null;
};

/** Thrown by `Http.send` and `sendBy` when the gate was closed: no byte left. */
export class GateClosed extends Error {
  readonly why: string;
  constructor(why: string) {
    super(`not sent: ${why}`);
    this.name = 'GateClosed';
    this.why = why;
  }
}

/** Thrown by `Http` when no full answer came. `sent` false only when certainly no byte of the request left. */
export class NoAnswer extends Error {
  readonly sent: boolean;
  constructor(message: string, sent: boolean) {
    super(message);
    this.name = 'NoAnswer';
    this.sent = sent;
  }
}
