import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarPreview } from '../calendar/calendar-preview.ts';
import { createCalendarImport } from '../calendar/import-calendar.ts';
import { counted, say } from '../calendar/said.ts';
import { connectors } from '../connectors/index.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import { mediaPath } from '../data-folder.ts';
import type { CommandLine } from './arguments.ts';
import { readChoices } from './import-choices.ts';
import { withQueue } from './open-queue.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';
import { personName } from './person.ts';
import { record, recordPlanned } from './record.ts';

const MOST_PRINTED = 50;
const screen = say('Import → Calendar', 'Importer → Calendrier');

/** `allstop import`: adds a calendar's rows, all or none. Exit 0, 2 or 5. */
export function importCalendar(line: CommandLine, output: Output): Promise<ExitCode> {
  return withQueue(line, output, screen, async (storage) => {
    const calledOff = new AbortController();
    process.once('SIGINT', () => calledOff.abort());
    const { language } = output;
    const options = { language, signal: calledOff.signal, onProgress: output.progress };
    const importer = createCalendarImport({
      storage,
      connectors,
      checkContent,
      mediaDir: mediaPath(line.dataDir),
      now: Date.now,
      inFlightCap: () => readInFlightCap(line.dataDir),
      by: personName,
      onAdded: (planned) => recordPlanned(line.dataDir, planned),
    });
    const path = line.path(line.rest[0] ?? '');
    const choices = await readChoices(importer, path, line.reading, storage, options);
    if (!choices.ok) return refused(output, choices.error.code, choices.error.message);
    for (const said of choices.value.assumed) output.warn(said);
    const looked = await importer.preview(path, { ...options, choices: choices.value.choices });
    if (!looked.ok) return refused(output, looked.error.code, looked.error.message);
    const { preview } = looked.value;
    tellPreview(output, preview);
    const isRefused = preview.badRows > 0 && !line.skipsBad;
    if (line.isDryRun || isRefused) {
      const nothing = say('Nothing was added.', 'Rien n’a été ajouté.');
      output.say(nothing);
      const error = isRefused ? { error: { code: 'bad-rows', message: nothing[language] } } : {};
      output.json({
        ...preview,
        dryRun: line.isDryRun,
        added: 0,
        known: preview.knownRows,
        skipped: 0,
        ...error,
      });
      return isRefused ? EXIT.refused : EXIT.done;
    }
    const done = await importer.apply(looked.value, { ...options, skipBad: line.skipsBad });
    if (!done.ok) return refused(output, done.error.code, done.error.message);
    const { added, known, skipped, importId } = done.value;
    record(line.dataDir, {
      event: 'calendar.imported',
      details: { file: preview.fileName, format: preview.format, added, known, skipped },
    });
    const [posts, bad] = [
      counted(added, ['post', 'posts'], ['publication', 'publications']),
      counted(skipped, ['bad row', 'bad rows'], ['mauvaise ligne', 'mauvaises lignes']),
    ];
    output.say(
      say(
        `Added ${posts.en}; known already: ${known}; left out: ${bad.en}.`,
        `Ajouté : ${posts.fr} ; déjà connues : ${known} ; laissé : ${bad.fr}.`,
      ),
    );
    output.json({ ...preview, dryRun: false, added, known, skipped, importId });
    return EXIT.done;
  });
}

function tellPreview(output: Output, preview: CalendarPreview): void {
  const { rows, newRows, knownRows, badRows, problems } = preview;
  if (preview.notice !== '') output.warn(preview.notice);
  for (const { line, column, reason } of problems.slice(0, MOST_PRINTED)) {
    const place = column === '' ? '' : `, ${column}`;
    output.say(say(`Line ${line}${place}: ${reason}`, `Ligne ${line}${place} : ${reason}`));
  }
  if (problems.length > MOST_PRINTED) {
    output.say(say('… and more.', '… et d’autres.'));
  }
  output.say(
    say(
      `Rows: ${rows}. New: ${newRows}. Known already: ${knownRows}. Bad: ${badRows}.`,
      `Lignes : ${rows}. Nouvelles : ${newRows}. Déjà connues : ${knownRows}. Mauvaises : ${badRows}.`,
    ),
  );
  if (preview.yesRows > 0)
    output.say(
      say(
        `Held until there is a yes: ${preview.yesRows}.`,
        `Retenues jusqu’à l’accord : ${preview.yesRows}.`,
      ),
    );
  if (preview.planWarning !== '') output.warn(preview.planWarning);
}

/** How many calls at once the app is set to; 4 when nothing sensible is kept. */
function readInFlightCap(dataDir: string): number {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
    const { inFlightCap } = Object(settings) as { inFlightCap?: unknown };
    if (typeof inFlightCap === 'number' && inFlightCap >= 1 && inFlightCap <= 32)
      return Math.floor(inFlightCap);
  } catch {
    // Never opened, or unreadable: the app would start with its defaults too.
  }
  return 4;
}
