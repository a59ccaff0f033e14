import { writeFileSync } from 'node:fs';
import { type Said, say } from '../calendar/said.ts';
import { renderReport } from '../report/html.ts';
import { readReport, readTold } from '../report/read-report.ts';
import { readNames, type ScopeNames } from '../stop/scope-names.ts';
import { stopPaths } from '../stop/stop-files.ts';
import type { CommandLine } from './arguments.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';

const noStop = say('The journal knows no such stop.', 'Le journal ne connaît pas cet arrêt.');
const noBrand = say(
  'The journal knows no such brand, or this stop did not cover it.',
  'Le journal ne connaît pas cette marque, ou cet arrêt ne la couvrait pas.',
);

/** `allstop report`: writes the document of one stop and one brand, from the journal alone. Exit 0 or 2. Works while the app runs. */
export async function report(line: CommandLine, output: Output): Promise<ExitCode> {
  const paths = stopPaths(line.dataDir);
  try {
    const told = await readTold(paths.journal);
    const stop = told.stop(line.stop || 'last');
    if (!stop) return refused(output, 'no-such-stop', noStop);
    const names = readNames(paths.names);
    const brandId = told.brandId(line.brand) ?? idOf(names, line.brand);
    if (brandId === null) return refused(output, 'no-such-brand', noBrand);
    const from = { path: paths.journal, headPath: paths.journalHead, now: Date.now(), names };
    const model = await readReport(from, stop.id, brandId);
    if (!model.ok)
      return refused(output, model.error.code, model.error.code === 'report-no-stop' ? noStop : noBrand);
    const path = line.path(line.rest[0] ?? '');
    writeFileSync(path, renderReport(model.value, line.language));
    const { chain, held, missed, out } = model.value;
    if (!chain.isWhole) output.warn(brokenAt(chain.brokenAt ?? 0));
    output.say(say(`Wrote ${path}.`, `Écrit : ${path}.`));
    output.json({
      path,
      stop: stop.id,
      brand: model.value.brand.name,
      held: held.length,
      missed: missed.length,
      out: out.length,
      isWhole: chain.isWhole,
      brokenAt: chain.brokenAt,
    });
    return EXIT.done;
  } catch (error) {
    const detail = (error as Error).message;
    return refused(
      output,
      'report-not-saved',
      say(`The document could not be saved: ${detail}`, `Le document n’a pas pu être enregistré : ${detail}`),
    );
  }
}

/** By the names kept for a stop while the app is down: what the journal has not named yet. */
function idOf(names: ScopeNames | null, name: string): number | null {
  const wanted = name.trim().toLowerCase();
  return names?.brands.find((brand) => brand.name.toLowerCase() === wanted)?.id ?? null;
}

const brokenAt = (line: number): Said =>
  say(
    `The journal is broken from line ${line} on; the document says so.`,
    `Le journal est rompu à partir de la ligne ${line} ; le document le dit.`,
  );
