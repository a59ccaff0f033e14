import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepMediaBytes, mimeOf } from '../calendar/media-folder.ts';
import { inWords, quoted, say } from '../calendar/said.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import { countText } from '../connectors/shared/count-text.ts';
import { linkPlace, partLength, partTexts } from '../connectors/shared/part-texts.ts';
import { splitText } from '../connectors/shared/split-text.ts';
import type { Limits } from '../core/connector.ts';
import { joinLabels, splitLabels } from '../core/labels.ts';
import { ok, refuse } from '../core/result.ts';
import { contentsFor } from '../core/variant.ts';
import { type Desk, needDesk } from './desk.ts';
import { readMediaFact, writeMediaFact } from './media-facts.ts';
import { toContent, toVariants } from './schedule-posts.ts';
import type { Handlers } from './serve.ts';
import { toDraftView } from './to-view.ts';

type DraftHandlers = Pick<
  Handlers,
  | 'text.check'
  | 'text.split'
  | 'draft.list'
  | 'draft.save'
  | 'draft.versions'
  | 'draft.remove'
  | 'media.add'
  | 'media.read'
>;

/** The page hands over bytes of a file a person chose, never a path; what is no picture or film is not kept either. */
function notMedia(name: string) {
  const file = quoted(name);
  return say(`${file.en} is no picture or film.`, `${file.fr} n’est ni une image ni une vidéo.`);
}

/** As many as a request may carry. */
const MOST_PARTS = 50;
const MOST_MEDIA_BYTES = 512 * 1024 * 1024;

export function createDraftHandlers(desk: Desk): DraftHandlers {
  return {
    async 'text.check'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const content = await toContent(desk, open.value, request);
      if (!content.ok) return content;
      const { accounts } = await open.value.directory.read();
      const contentOf = contentsFor(content.value, toVariants(request));
      return ok(
        request.accountIds.flatMap((accountId) => {
          const account = accounts.get(accountId);
          const connector = account && desk.connectorFor(account.network);
          if (!account || !connector) return [];
          const limits = connector.limitsOf(account.settings);
          const said = contentOf(accountId);
          return [
            {
              accountId,
              counts: partTexts(said, limits).map((text) => countText(text, limits)),
              limits: partTexts(said, limits).map((_, index) => partLength(said, index, limits)),
              link: linkPlace(said, limits),
              threads: limits.threads,
              problems: checkContent(said, limits).map((problem) => ({ ...problem })),
            },
          ];
        }),
      );
    },

    async 'text.split'({ accountIds, text, link, media }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const content = await toContent(desk, open.value, { parts: [text], link, media });
      if (!content.ok) return content;
      const { accounts } = await open.value.directory.read();
      // A thousand accounts have a handful of limits between them.
      const different = new Map<string, Limits>();
      for (const accountId of accountIds) {
        const account = accounts.get(accountId);
        const limits = account && desk.connectorFor(account.network)?.limitsOf(account.settings);
        if (account && limits?.threads) different.set(`${account.network} ${JSON.stringify(limits)}`, limits);
      }
      if (different.size === 0)
        return refuse('split-no-threads', 'None of the networks of these accounts has threads.');
      const parts = splitText(text, content.value, [...different.values()], MOST_PARTS);
      return parts
        ? ok({ parts: [...parts] })
        : refuse('split-too-long', 'This text would need more than 50 parts. Shorten it first.');
    },

    async 'draft.list'() {
      const open = needDesk(desk);
      return open.ok ? ok((await open.value.storage.drafts.list()).map(toDraftView)) : open;
    },

    async 'draft.save'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const content = await toContent(desk, open.value, request);
      if (!content.ok) return content;
      const { draftId, accountIds, localTime, timeZone } = request;
      const label = joinLabels(splitLabels(request.label));
      const draft = await open.value.storage.drafts.save(
        { content: content.value, variants: toVariants(request), label, accountIds, localTime, timeZone },
        draftId ?? null,
        desk.clock.now(),
      );
      return ok(toDraftView(draft));
    },

    async 'draft.versions'({ draftId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const versions = await open.value.storage.drafts.versions(draftId);
      return ok(
        versions.map(({ id, savedAt, ...held }) => ({
          id,
          draft: toDraftView({ ...held, id: draftId, changedAt: savedAt }),
        })),
      );
    },

    async 'draft.remove'({ draftId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      return ok({ removed: await open.value.storage.drafts.remove(draftId) });
    },

    async 'media.add'({ name, bytes }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (bytes.length === 0 || bytes.length > MOST_MEDIA_BYTES)
        return refuse('media-size', `${name}: a file has between 1 byte and 512 MB.`);
      // The type is read from the bytes: names and what a page says of a file lie.
      const mime = mimeOf(bytes.subarray(0, 64));
      if (!/^(?:image|video)\//u.test(mime))
        return refuse('media-type', inWords(notMedia(name), desk.language()));
      const { sha256 } = await keepMediaBytes(join(desk.dataDir, 'media'), bytes);
      await writeMediaFact(open.value.storage.facts, sha256, { mime, name });
      return ok({ sha256, mime, name, bytes: bytes.length, altText: '' });
    },

    async 'media.read'({ sha256 }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const path = join(desk.dataDir, 'media', sha256);
      const bytes = await readFile(path).catch(() => null);
      if (!bytes) return refuse('media-missing', 'This file is no longer there.');
      const { mime } = await readMediaFact(open.value.storage.facts, path, sha256);
      return ok({ mime, bytes: new Uint8Array(bytes) });
    },
  };
}
