import { rename, rm, writeFile } from 'node:fs/promises';
import { ok, type Result, refuse } from '../core/result.ts';
import { renderReport } from '../report/html.ts';
import { writeMessage } from '../report/message.ts';
import { readReport } from '../report/read-report.ts';
import type { ReportModel } from '../report/report-model.ts';
import { readNames } from '../stop/scope-names.ts';
import { createChosenFiles } from './chosen-files.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';

type ReportHandlers = Pick<Handlers, 'report.save' | 'report.message'>;

/** What a client is told, from the journal alone: also while the database is closed. */
export function createReportHandlers(desk: Desk): ReportHandlers {
  const chosen = createChosenFiles({
    dataDir: desk.dataDir,
    language: desk.language,
    monotonic: desk.clock.monotonic,
    randomBytes: desk.randomBytes,
  });

  async function read(stopId: string, brandId: number): Promise<Result<ReportModel>> {
    await desk.engine.journal.flush();
    const { journal, journalHead, names } = desk.engine.paths;
    const from = { path: journal, headPath: journalHead, now: desk.clock.now(), names: readNames(names) };
    return readReport(from, stopId, brandId);
  }

  return {
    async 'report.message'({ stopId, brandId, language }) {
      const model = await read(stopId, brandId);
      if (!model.ok) return model;
      const { chain, heldInAll, isInventoryWhole } = model.value;
      return ok({
        text: writeMessage(model.value, language),
        isWhole: chain.isWhole,
        brokenAt: chain.brokenAt,
        isComplete: heldInAll !== null && isInventoryWhole,
      });
    },

    async 'report.save'({ stopId, brandId, language, format }) {
      const model = await read(stopId, brandId);
      if (!model.ok) return model;
      const asked = await desk.chooseReport(format, fileNameOf(model.value, format));
      if (asked === null) return ok({ path: null });
      const offered = await chosen.offerExport(asked);
      if (!offered.ok) return offered;
      const path = chosen.take(offered.value.token, 'export');
      if (!path.ok) return path;
      // What happened while the dialog was open belongs in it too.
      const now = await read(stopId, brandId);
      if (!now.ok) return now;
      const page = renderReport(now.value, language);
      const temporary = `${path.value}.new`;
      try {
        await writeFile(temporary, format === 'pdf' ? await desk.printPdf(page) : page);
        await rename(temporary, path.value);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        return refuse('report-not-saved', `The document could not be saved: ${(error as Error).message}`);
      }
      desk.engine.record({
        event: 'report.saved',
        by: desk.settings.read().personName,
        details: { stop: now.value.stop.id, brandId, brand: now.value.brand.name, format, language },
      });
      return ok({ path: path.value });
    },
  };
}

/** 'all-stop-maison-lune-2026-11-23.pdf': letters every file system takes. */
function fileNameOf({ brand, stop }: ReportModel, format: string): string {
  const name = brand.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 60);
  const day = new Date(stop.at).toISOString().slice(0, 10);
  return `${['all-stop', name, day].filter((part) => part !== '').join('-')}.${format}`;
}
