import { existsSync } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import {
  type Connector,
  type ConnectorContext,
  GateClosed,
  type Limits,
  type Outcome,
  type PublishRequest,
} from '../../core/connector.ts';
import { type Failure, failureBeforeSend } from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { PLAIN } from '../shared/plain-limits.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { accountFolder, fileOf, partFile, refOf, writeWhole } from './outbox.ts';

const BEHAVIOURS = ['normal', 'slow', 'refuse', 'lose-answer', 'try-later'] as const;
const DEFAULT_SLOW_MS = 3_000;
const MOST_SLOW_MS = 600_000;
const TRY_LATER_MS = 30_000;

const limits: Limits = {
  ...PLAIN,
  counting: 'grapheme',
  textLength: 500,
  textBytes: null,
  urlLength: null,
  mediaCount: 4,
  mediaBytes: 8 * 1024 * 1024,
  mediaMimes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  altTextLength: 1_500,
  threads: true,
};

/** Publishes into a folder of this machine, so that everything can be tried without anybody seeing it. */
export const practice: Connector = {
  network: 'practice',
  name: 'Practice',
  idempotency: 'own-id',
  limits,
  mentions: null,
  limitsOf: () => limits,
  settings: [
    {
      key: 'behaviour',
      kind: 'choice',
      label: { en: 'What the network does', fr: 'Ce que fait le réseau' },
      hint: {
        en: 'To try out a slow network, a refusal, a lost answer or a temporary one.',
        fr: 'Pour essayer un réseau lent, un refus, une réponse perdue ou un refus passager.',
      },
      choices: BEHAVIOURS,
      initial: 'normal',
      optional: true,
    },
    {
      key: 'slowMs',
      kind: 'text',
      label: { en: 'How slow, in milliseconds', fr: 'Lenteur, en millisecondes' },
      initial: String(DEFAULT_SLOW_MS),
      optional: true,
    },
  ],
  newSecret: null,
  signIn: null,
  fromFile: true,
  needs: { en: 'Nothing: it is a folder of this machine.', fr: 'Rien : c’est un dossier de cette machine.' },
  costs: { en: 'Nothing.', fr: 'Rien.' },
  tested: {
    en: 'Writes each post into the outbox folder of this machine. Nobody else sees it.',
    fr: 'Écrit chaque publication dans le dossier outbox de cette machine. Personne d’autre ne la voit.',
  },
  verify: async (context) => ({
    kind: 'ready',
    name: context.account.name || 'practice',
    url: pathToFileURL(accountFolder(context)).href,
    settings: {},
    secrets: {},
  }),
  publish,
  find: async (context, request) => {
    const texts = partTexts(request.content, limits);
    const files = texts.map((_, index) => partFile(context, request, index));
    const there = files.filter((file) => existsSync(file));
    if (there.length === 0) return { kind: 'absent' };
    if (there.length < files.length) {
      return { kind: 'unclear', detail: `${there.length} of ${files.length} parts are in the outbox` };
    }
    return { kind: 'found', refs: files.map((file) => refOf(context, file)) };
  },
  remove: async (context, refs) => {
    let removed = 0;
    for (const ref of [...refs].reverse()) {
      const file = fileOf(context, ref);
      if (file === null) return { kind: 'failed', detail: 'not a file of the outbox' };
      try {
        await unlink(file);
        removed += 1;
      } catch (error) {
        const code = codeOf(error);
        if (code !== 'ENOENT') return { kind: 'failed', detail: code };
      }
    }
    return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
  },
  listScheduled: null,
  cancelScheduled: null,
};

async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, limits);
  if (error !== null) return { kind: 'refused', detail: error };
  const { behaviour = 'normal' } = context.account.settings;
  if (behaviour === 'refuse') return { kind: 'refused', detail: 'this practice account refuses every post' };
  if (behaviour === 'try-later') {
    const notBefore = context.now() + TRY_LATER_MS;
    return { kind: 'try-later', detail: 'this practice account asks to try again later', notBefore };
  }
  const texts = partTexts(request.content, limits);
  return publishParts(context, texts.length, async (index) => {
    if (behaviour === 'slow') {
      try {
        await context.wait(slowMsOf(context));
      } catch (stopped) {
        return failureBeforeSend(context, stopped);
      }
    }
    return writePart(context, request, texts, index, behaviour === 'lose-answer');
  });
}

async function writePart(
  context: ConnectorContext,
  request: PublishRequest,
  texts: readonly string[],
  index: number,
  losesAnswer: boolean,
): Promise<PartOutcome> {
  const file = partFile(context, request, index);
  const { content } = request;
  try {
    await mkdir(accountFolder(context), { recursive: true });
    context.sendBy(() =>
      writeWhole(file, {
        id: String(request.postId),
        key: request.key,
        part: index + 1,
        parts: texts.length,
        brand: context.account.brand,
        account: context.account.name,
        text: texts[index],
        link: content.link,
        media: index === 0 ? content.media : [],
        publishAt: new Date(request.publishAt).toISOString(),
        writtenAt: new Date(context.now()).toISOString(),
      }),
    );
  } catch (error) {
    return failureOfWriting(error);
  }
  return losesAnswer
    ? { kind: 'unconfirmed', detail: 'this practice account loses every answer', refs: [] }
    : { kind: 'published', ref: refOf(context, file) };
}

/** The file is put there in one piece, so one that failed is certainly not there. */
function failureOfWriting(error: unknown): Failure {
  if (error instanceof GateClosed) return { kind: 'not-sent', detail: error.why };
  const code = codeOf(error);
  if (code === '') throw error;
  return { kind: 'try-later', detail: `the outbox cannot be written: ${code}`, notBefore: null };
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : '';
}

function slowMsOf(context: ConnectorContext): number {
  const asked = Number(context.account.settings.slowMs?.trim() || DEFAULT_SLOW_MS);
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), MOST_SLOW_MS) : DEFAULT_SLOW_MS;
}
