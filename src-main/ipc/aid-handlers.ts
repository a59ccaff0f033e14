import { ok } from '../core/result.ts';
import { tidyHashtags } from '../core/saved-text.ts';
import { type Desk, needDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

type AidHandlers = Pick<
  Handlers,
  'savedText.list' | 'savedText.save' | 'savedText.remove' | 'word.list' | 'word.keep' | 'word.remove'
>;

/** What helps writing in Compose. */
export function createAidHandlers(desk: Desk): AidHandlers {
  return {
    async 'savedText.list'() {
      const open = needDesk(desk);
      return open.ok ? ok([...(await open.value.storage.savedTexts.list())]) : open;
    },

    async 'savedText.save'({ id, kind, name, brandId, text }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const kept = kind === 'hashtags' ? tidyHashtags(text) : ok(text);
      if (!kept.ok) return kept;
      const saved = await open.value.storage.savedTexts.save(
        { kind, name, brandId, text: kept.value },
        id ?? null,
        desk.clock.now(),
      );
      if (saved.ok) desk.notify('aids.changed', {});
      return saved;
    },

    async 'savedText.remove'({ id }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const removed = await open.value.storage.savedTexts.remove(id);
      desk.notify('aids.changed', {});
      return ok({ removed });
    },

    async 'word.list'() {
      const open = needDesk(desk);
      return open.ok ? ok([...(await open.value.storage.words.list())]) : open;
    },

    async 'word.keep'({ brandId, word }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const kept = await open.value.storage.words.keep({ brandId, word: word.normalize('NFC') });
      if (kept.ok) desk.notify('aids.changed', {});
      return kept;
    },

    async 'word.remove'({ id }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const removed = await open.value.storage.words.remove(id);
      desk.notify('aids.changed', {});
      return ok({ removed });
    },
  };
}
