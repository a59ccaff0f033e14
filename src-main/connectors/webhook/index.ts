import type {
  Connector,
  ConnectorContext,
  HttpAnswer,
  Limits,
  Outcome,
  PublishRequest,
} from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureOfAnswer, failureOfSend, type Refusals, record, retryAt, wordsOf } from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { PLAIN } from '../shared/plain-limits.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { readUrl, webAddress } from '../shared/server-url.ts';
import { signedHeaders, signingKey } from './sign.ts';

const limits: Limits = {
  ...PLAIN,
  counting: 'code-point',
  textLength: 100_000,
  textBytes: null,
  urlLength: null,
  mediaCount: 4,
  mediaBytes: 4 * 1024 * 1024,
  mediaMimes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'video/mp4'],
  altTextLength: 5_000,
  threads: true,
  linkInText: false,
};

/** Besides these, 503 with `Retry-After` is a receiver's way of asking for the same again; without it, it may have been done. */
const refusals: Refusals = {
  signedOut: [401, 403],
  refused: [400, 404, 405, 406, 410, 411, 413, 414, 415, 422],
  tryLater: [429],
};

/** Hands each post to an address of the agency's own, signed as standard-webhooks says. */
export const webhook: Connector = {
  network: 'webhook',
  name: 'Webhook',
  idempotency: 'key',
  limits,
  mentions: null,
  limitsOf: () => limits,
  settings: [
    {
      key: 'url',
      kind: 'url',
      label: { en: 'Address that receives the posts', fr: 'Adresse qui reçoit les publications' },
    },
    {
      key: 'secret',
      kind: 'secret',
      label: { en: 'Signing secret', fr: 'Secret de signature' },
      hint: {
        en: '“whsec_” followed by base64, or any text. Every request is signed with it.',
        fr: '« whsec_ » suivi de base64, ou un texte quelconque. Chaque requête est signée avec.',
      },
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: true,
  needs: {
    en: 'An address of your own that receives the posts and checks their signature, for instance of Zapier, Make or n8n.',
    fr: 'Une adresse à vous qui reçoit les publications et vérifie leur signature, par exemple chez Zapier, Make ou n8n.',
  },
  costs: {
    en: 'Nothing here; what receives the posts may charge for each.',
    fr: 'Rien ici ; ce qui reçoit les publications peut les facturer.',
  },
  tested: {
    en: 'Tested against receivers of our own that check the signature; not against Zapier, Make or n8n.',
    fr: 'Testé avec nos propres récepteurs qui vérifient la signature ; pas avec Zapier, Make ou n8n.',
  },
  verify: async (context) => {
    const target = readTarget(context);
    if (target.kind !== 'target') return { kind: 'signed-out', detail: target.detail };
    const { origin, host } = target.url;
    return { kind: 'ready', name: context.account.name || host, url: origin, settings: {}, secrets: {} };
  },
  publish,
  find: null,
  remove: null,
  listScheduled: null,
  cancelScheduled: null,
};

type Target =
  | { readonly kind: 'target'; readonly url: URL; readonly key: Uint8Array }
  | { readonly kind: 'signed-out'; readonly detail: string };

function readTarget(context: ConnectorContext): Target {
  const url = readUrl(context.account.settings.url);
  if (url === null) {
    return { kind: 'signed-out', detail: 'the address must be https, or http on this machine' };
  }
  const key = signingKey(context.secrets.secret);
  if (key === null) {
    return { kind: 'signed-out', detail: 'a signing secret is needed: any text, or “whsec_” and base64' };
  }
  return { kind: 'target', url, key };
}

async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, limits);
  if (error !== null) return { kind: 'refused', detail: error };
  const target = readTarget(context);
  if (target.kind !== 'target') return target;
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;

  const body = JSON.stringify(payloadOf(context, request, read.media));
  const seconds = Math.floor(context.now() / 1_000);
  try {
    const answer = await context.http.send(target.url.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(target.key, request.key, seconds, body),
      },
      body,
    });
    return outcomeOf(context, request, answer);
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

/** Exactly these members, in this order; `media` carries the bytes because the receiver cannot reach this machine's files. */
function payloadOf(context: ConnectorContext, request: PublishRequest, media: readonly MediaBytes[]) {
  return {
    id: String(request.postId),
    brand: context.account.brand,
    account: context.account.name,
    text: request.content.parts.join('\n\n'),
    link: request.content.link,
    media: media.map((one) => ({
      name: one.media.name,
      mime: one.media.mime,
      altText: one.media.altText,
      sha256: one.media.sha256,
      base64: Buffer.from(one.bytes).toString('base64'),
    })),
    publishAt: new Date(request.publishAt).toISOString(),
  };
}

function outcomeOf(context: ConnectorContext, request: PublishRequest, answer: HttpAnswer): Outcome {
  if (answer.status >= 200 && answer.status < 300 && !isSomethingElse(answer)) {
    return { kind: 'published', refs: [refOf(request, answer)] };
  }
  if (answer.status === 503 && answer.headers['retry-after']) {
    return {
      kind: 'try-later',
      detail: wordsOf(context, answer),
      notBefore: retryAt(answer, context.now()),
    };
  }
  return failureOfAnswer(context, answer, refusals);
}

/** A page for people, or JSON that is none: not what a receiver answers. An empty answer or 'ok' is. */
function isSomethingElse(answer: HttpAnswer): boolean {
  if (/^\s*(?:<!doctype|<html)/iu.test(answer.text)) return true;
  const type = answer.headers['content-type'] ?? '';
  return /\bjson\b/iu.test(type) && answer.text.trim() !== '' && answer.json === undefined;
}

function refOf(request: PublishRequest, answer: HttpAnswer): RemoteRef {
  const { id, url } = record(answer.json);
  const given = typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
  return { id: given === '' || given.length > 200 ? request.key : given, url: webAddress(url) };
}
