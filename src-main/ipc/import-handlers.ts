import { join } from 'node:path';
import type { ImportLook } from '../../src-preload/import-views.ts';
import { formats } from '../calendar/formats/index.ts';
import { createCalendarImport, type PreparedImport } from '../calendar/import-calendar.ts';
import type { FileLook } from '../calendar/look-at-file.ts';
import { Canceled } from '../calendar/pacer.ts';
import { OWN_FORMAT, type ReadingChoices } from '../calendar/reading-choices.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import { ok, refuse } from '../core/result.ts';
import type { ChosenFiles } from './chosen-files.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import { keepChoices, recallChoices } from './import-memory.ts';
import { type LongWork, recordAdded } from './long-work.ts';
import type { Handlers } from './serve.ts';

type ImportHandlers = Pick<
  Handlers,
  | 'import.look'
  | 'import.preview'
  | 'import.rows'
  | 'import.apply'
  | 'import.cancel'
  | 'import.list'
  | 'import.undoEffect'
  | 'import.undo'
>;

const FORMATS = formats.map(({ id, name }) => ({ id, name }));

export function createImportHandlers(desk: Desk, chosen: ChosenFiles, work: LongWork): ImportHandlers {
  /** One preview is kept: the newest. What it showed is what is imported, or nothing. */
  let prepared: { readonly id: string; readonly value: PreparedImport } | null = null;
  const noPreview = () => refuse('no-preview', 'This preview is no longer there. Choose the file again.');

  const by = () => desk.settings.read().personName;

  const importer = ({ storage }: OpenDesk) =>
    createCalendarImport({
      storage,
      connectors: desk.connectors,
      checkContent,
      mediaDir: join(desk.dataDir, 'media'),
      now: desk.clock.now,
      inFlightCap: () => desk.settings.read().inFlightCap,
      by,
      onAdded: recordAdded(desk, 'imported'),
    });

  return {
    async 'import.look'({ token, choices }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const path = chosen.take(token, 'calendar');
      if (!path.ok) return path;
      const { look } = importer(open.value);
      const options = work.options();
      const first = await look(path.value, toChoices(choices), options);
      if (!first.ok || first.value.format === OWN_FORMAT || choices !== undefined)
        return first.ok ? ok(toLook(first.value, {})) : first;
      const remembered = await recallChoices(open.value.storage.facts, first.value.layout);
      const isOther = remembered.format !== undefined || remembered.columns !== undefined;
      const again = isOther ? await look(path.value, remembered, options) : first;
      return again.ok ? ok(toLook(again.value, remembered)) : again;
    },

    async 'import.preview'({ token, choices }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const path = chosen.take(token, 'calendar');
      if (!path.ok) return path;
      const options = { ...work.options(), choices: toChoices(choices) };
      const looked = await importer(open.value).preview(path.value, options);
      if (!looked.ok) return looked;
      const id = Buffer.from(desk.randomBytes(12)).toString('hex');
      prepared = { id, value: looked.value };
      return ok({ previewId: id, ...looked.value.preview });
    },

    async 'import.rows'({ previewId, outcomes, offset, limit }) {
      if (prepared?.id !== previewId) return noPreview();
      return ok(prepared.value.rows.page(outcomes, offset, limit));
    },

    async 'import.apply'({ previewId, skipBad }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (prepared?.id !== previewId) return noPreview();
      const { value } = prepared;
      const done = await importer(open.value).apply(value, { ...work.options(), skipBad });
      if (!done.ok) return done;
      prepared = null;
      const { format, fileName } = value.preview;
      const { importId: _, ...counts } = done.value;
      desk.engine.record({
        event: 'calendar.imported',
        by: by(),
        details: { file: fileName, format, ...counts },
      });
      if (format !== OWN_FORMAT) await keepChoices(open.value.storage.facts, value.layout, value.choices);
      deskChanged(desk);
      return done;
    },

    async 'import.list'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      return ok((await open.value.storage.imports.list()).map((one) => ({ ...one })));
    },

    async 'import.undoEffect'({ importId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      return ok(await open.value.storage.imports.undoEffect(importId));
    },

    async 'import.undo'({ importId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { imports } = open.value.storage;
      const past = (await imports.list()).find(({ id }) => id === importId);
      if (past === undefined) return refuse('no-such-import', 'This import is no longer there.');
      const { signal, onProgress } = work.options();
      let done = 0;
      const record = (posts: readonly number[]) =>
        desk.engine.record({ event: 'posts.canceled', by: by(), details: { posts: [...posts] } });
      try {
        await imports.undo(importId, desk.clock.now(), (canceled) => {
          record(canceled);
          done += canceled.length;
          onProgress(done, past.posts);
          if (signal.aborted) throw new Canceled();
        });
      } catch (error) {
        if (!(error instanceof Canceled)) throw error;
      }
      const left = past.posts - done;
      desk.engine.record({
        event: 'calendar.undone',
        by: by(),
        details: { file: past.fileName, canceled: done, left },
      });
      deskChanged(desk);
      return ok({ canceled: done, left });
    },

    'import.cancel': async () => ok({ canceled: work.cancel() }),
  };
}

function toLook({ layout: _, ...look }: FileLook, remembered: ReadingChoices): ImportLook {
  return { ...look, formats: FORMATS, remembered: remembered as ImportLook['remembered'] };
}

/** Without the members that were not given. */
function toChoices(given: object | undefined): ReadingChoices {
  const said = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as ReadingChoices;
}
