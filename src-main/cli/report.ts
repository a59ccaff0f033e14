import { writeFileSync } from 'node:fs';
import { type Said, say } from '../calendar/said.ts';
import { renderReport } from '../report/html.ts';
import { readReport, readTold, type Told, type ToldStop } from '../report/read-report.ts';
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
    const names = readNames(paths.names);
    const brandId = told.brandId(line.brand) ?? idOf(names, line.brand);
    if (brandId === null) return refused(output, 'no-such-brand', noBrand);
    const from = { path: paths.journal, headPath: paths.journalHead, now: Date.now(), names };
    const [first, ...others] = candidates(told, line.stop);
    if (!first) return refused(output, 'no-such-stop', noStop);
    let model = await readReport(from, first.id, brandId);
    for (const other of others) {
      if (model.ok || model.error.code !== 'report-no-brand') break;
      model = await readReport(from, other.id, brandId);
    }
    if (!model.ok)
      return refused(output, model.error.code, model.error.code === 'report-no-stop' ? noStop : noBrand);
    const path = line.path(line.rest[0] ?? '');
    writeFileSync(path, renderReport(model.value, line.language));
    const { chain, held, missed, out } = model.value;
    if (!chain.isWhole) output.warn(brokenAt(chain.brokenAt ?? 0));
    output.say(say(`Wrote ${path}.`, `Écrit : ${path}.`));
    output.json({
      path,
      stop: model.value.stop.id,
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

const MOST_TRIED = 20;
const BY_ITSELF = ['start', 'trip'];

/** The stop that is meant; where none is named, those somebody pressed, the newest first, and then those of the app itself. */
function candidates(told: Told, asked: string): readonly ToldStop[] {
  if (asked !== '' && asked !== 'last') {
    const stop = told.stop(asked);
    return stop ? [stop] : [];
  }
  const all = told.stops();
  const isByItself = ({ control }: ToldStop) => BY_ITSELF.includes(control);
  return [...all.filter((stop) => !isByItself(stop)), ...all.filter(isByItself)].slice(0, MOST_TRIED);
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
