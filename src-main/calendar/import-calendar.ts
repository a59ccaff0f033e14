import { basename } from 'node:path';
import type { Instant } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import { DUPLICATE_WINDOW_MS } from '../core/duplicate.ts';
import type { NewPost } from '../core/queue.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { OnAdded, Storage } from '../core/stores.ts';
import { type CalendarPreview, createTally } from './calendar-preview.ts';
import type { CalendarRow, ContentCheck } from './calendar-row.ts';
import { pastProblem, readCalendarRows } from './calendar-rows.ts';
import { createDeskIndex } from './desk-index.ts';
import { contentHashOf } from './import-key.ts';
import { type Layout, layOut, recognise } from './layout.ts';
import { createLikelyDuplicates } from './likely-duplicates.ts';
import type { Language } from './local-time.ts';
import { type FileLook, lookAtFile } from './look-at-file.ts';
import { createMediaFinder, type MediaFinder } from './media-cells.ts';
import { discardMedia, type KeptMedia, keepMedia, type MediaFile } from './media-folder.ts';
import { createNearest } from './nearest-name.ts';
import { openSource } from './open-source.ts';
import { Canceled, createPacer } from './pacer.ts';
import { createPlan, type PlannedPost, planWarning } from './plan.ts';
import { calendarSpec } from './read-calendar.ts';
import { OWN_FORMAT, type ReadingChoices } from './reading-choices.ts';
import type { RowLog } from './row-log.ts';
import { FileRefused, inWords, type RowProblem, type Said, say } from './said.ts';
import type { Source } from './source.ts';

/** A preview with what is needed to carry it out. Some hundred bytes for each row and each media file. */
export type PreparedImport = {
  readonly preview: CalendarPreview;
  readonly source: Source;
  readonly layout: Layout;
  readonly choices: ReadingChoices;
  /** What becomes of each row. */
  readonly rows: RowLog;
  /** By the numbers of the rows. */
  readonly badRows: ReadonlySet<number>;
  readonly media: ReadonlyMap<string, MediaFile>;
  readonly finder: MediaFinder;
};

export type ImportOptions = {
  readonly language: Language;
  readonly signal: AbortSignal | null;
  /** Parts of the work done, of `total`; not always rows. */
  readonly onProgress: (done: number, total: number) => void;
};

/** `importId` is what it can be undone by; null when nothing was added. */
type ImportDone = { added: number; known: number; skipped: number; importId: number | null };

export type CalendarImport = {
  /**
   * Reads the whole file, says what it is and what it leaves open, and writes nothing. Refuses 'canceled' and what is no table
   * (`code` of the file's problem, in words).
   */
  look(path: string, choices: ReadingChoices, options: ImportOptions): Promise<Result<FileLook>>;
  /**
   * Reads the whole file and writes nothing. Refuses as `look`, and 'no-header', 'needs-columns', 'needs-date-order' and
   * 'needs-time-zone' where a choice is wanting; rows that are bad are in the preview.
   */
  preview(
    path: string,
    options: ImportOptions & { readonly choices?: ReadingChoices },
  ): Promise<Result<PreparedImport>>;
  /**
   * Adds the new rows as scheduled posts, all or none; with `skipBad` all but those that are bad. Refuses 'bad-rows', 'file-changed',
   * 'rows-changed' (a time passed, an account went since the preview), 'media', 'storage' and 'canceled'; then nothing was added.
   */
  apply(
    prepared: PreparedImport,
    options: ImportOptions & { readonly skipBad: boolean },
  ): Promise<Result<ImportDone>>;
};

export type CalendarImportDeps = {
  readonly storage: Pick<Storage, 'brands' | 'accounts' | 'posts' | 'yes'>;
  readonly connectors: readonly Connector[];
  readonly checkContent: ContentCheck;
  /** The data folder's `media`. */
  readonly mediaDir: string;
  readonly now: () => Instant;
  readonly inFlightCap: () => number;
  /** Who imports, '' when nobody said. */
  readonly by: () => string;
  /** Told what was added, for the journal. What cannot be recorded was added all the same. */
  readonly onAdded: OnAdded;
};

/** More posts than this are not read back to see whether they leave room. */
const MOST_LOOKED_AT = 100_000;

/** Reading calendars, checking them and adding them to the queue, without ever holding the event loop for longer than some milliseconds. */
export function createCalendarImport(deps: CalendarImportDeps): CalendarImport {
  return {
    look: (path, choices, options) => caught(options.language, () => look(deps, path, choices, options)),
    preview: (path, options) => caught(options.language, () => prepare(deps, path, options)),
    apply: (prepared, options) => caught(options.language, () => carryOut(deps, prepared, options)),
  };
}

async function caught<T>(language: Language, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Canceled) return refuse('canceled', inWords(canceled, language));
    if (error instanceof FileRefused)
      return refuse(error.problem.code, inWords(error.problem.said, language));
    throw error;
  }
}

async function look(
  deps: CalendarImportDeps,
  path: string,
  choices: ReadingChoices,
  { language, signal, onProgress }: ImportOptions,
): Promise<Result<FileLook>> {
  const [brands, accounts] = await Promise.all([deps.storage.brands.list(), deps.storage.accounts.list()]);
  const desk = createDeskIndex(brands, accounts, deps.connectors, createNearest());
  const source = await openSource(path, choices, signal);
  const onBytes = (bytes: number) => onProgress(bytes, source.file.bytes);
  const reading = { signal, pace: createPacer(signal), onBytes };
  return ok({
    ...(await lookAtFile(source, choices, desk, reading)),
    notice: noticeOf(source, language),
  });
}

async function prepare(
  deps: CalendarImportDeps,
  path: string,
  options: ImportOptions & { readonly choices?: ReadingChoices },
): Promise<Result<PreparedImport>> {
  const { language, signal, onProgress, choices = {} } = options;
  const source = await openSource(path, choices, signal);
  const layout = requireLayout(source, choices);
  const finder = createMediaFinder(path);
  const now = deps.now();
  const tally = createTally(language);
  const plan = createPlan(deps.inFlightCap());
  const duplicates = createLikelyDuplicates();
  const badRows = new Set<number>();
  const media = new Map<string, MediaFile>();
  const pace = createPacer(signal);
  const onBytes = (bytes: number) => onProgress(bytes, source.file.bytes);
  const reading = { source, layout, choices, media: finder, checksContent: true, signal, pace, onBytes };
  const needYes = await deps.storage.yes.brands();
  for await (const batch of readCalendarRows(deps, reading)) {
    const known = await deps.storage.posts.knownKeys(batch.flatMap((row) => row.post?.importKey ?? []));
    for (const row of batch) {
      const isKnown = row.post?.importKey != null && known.has(row.post.importKey);
      const past = isKnown ? [] : pastProblem(row, now);
      const problems = isKnown ? [] : [...row.problems, ...past];
      const isPast = past.length === problems.length;
      const bad = row.isClockQuestion ? 'clock' : isPast ? 'past' : 'bad';
      const outcome = isKnown ? 'known' : problems.length > 0 ? bad : 'new';
      tally.add(row, outcome, problems);
      if (problems.length > 0) badRows.add(row.number);
      if (outcome !== 'new') continue;
      if (row.seat !== null && needYes.has(row.seat.brand.id)) tally.addWaiting();
      for (const one of row.media) media.set(one.sha256, one);
      const planned = plannedOf(row);
      if (planned !== null) plan.add(planned);
      if (row.post !== null) {
        const { accountId, contentHash, publishAt } = row.post;
        duplicates.addRow(accountId, contentHash, publishAt, row.number);
      }
      const turn = pace();
      if (turn) await turn;
    }
  }
  await addThere(deps, plan, duplicates, tally.firstAt(), tally.lastAt(), pace);
  for (const number of await duplicates.find(pace)) tally.markDuplicate(number);
  const warning = planWarning(await plan.verdict(pace));
  const preview: CalendarPreview = {
    fileName: basename(path),
    format: layout.format?.id ?? OWN_FORMAT,
    ...tally.read(),
    planWarning: warning === null ? '' : inWords(warning, language),
    notice: noticeOf(source, language),
  };
  return ok({ preview, source, layout, choices, rows: tally.log, badRows, media, finder });
}

function noticeOf(source: Source, language: Language): string {
  return source.file.encoding === 'utf-8' ? '' : inWords(windows1252, language);
}

/** The layout a file is to be read in; what is nobody's table, and was not said to be read by its columns, is refused. */
function requireLayout(source: Source, choices: ReadingChoices): Layout {
  const layout = layOut(source.first, choices);
  if (layout.format === null) return layout;
  const isSaid = (choices.format ?? '') !== '' || choices.columns !== undefined;
  if (!isSaid && recognise(source.first).formats.length === 0) throw new FileRefused('no-header', noHeader);
  const { text, publish_at: whole, date } = layout.fields;
  if (text === undefined || (whole === undefined && date === undefined))
    throw new FileRefused('needs-columns', needsColumns);
  return layout;
}

async function carryOut(
  deps: CalendarImportDeps,
  prepared: PreparedImport,
  options: ImportOptions & { readonly skipBad: boolean },
): Promise<Result<ImportDone>> {
  const { language, signal, onProgress, skipBad } = options;
  const { preview, source, layout, choices, badRows, finder } = prepared;
  if (preview.badRows > 0 && !skipBad) return refuse('bad-rows', inWords(areBad(preview.badRows), language));
  const now = deps.now();
  const total = preview.rows - preview.badRows;
  const kept: KeptMedia[] = [];
  let skipped = preview.badRows;
  let leftOut = 0;
  const changed: RowProblem[] = [];

  let failure: unknown = null;

  async function* guardedChunks(): AsyncGenerator<readonly NewPost[]> {
    try {
      yield* chunks();
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  async function* chunks(): AsyncGenerator<readonly NewPost[]> {
    const pace = createPacer(signal);
    const onBytes = () => {};
    const reading = { source, layout, choices, media: finder, checksContent: false, signal, pace, onBytes };
    for await (const batch of readCalendarRows(deps, reading)) {
      const fit: NewPost[] = [];
      const doubtful: CalendarRow[] = [];
      for (const row of batch) {
        if (badRows.has(row.number)) continue;
        if (row.post !== null && row.problems.length === 0 && row.post.publishAt > now) fit.push(row.post);
        else doubtful.push(row);
      }
      const known = await deps.storage.posts.knownKeys(doubtful.flatMap((row) => row.post?.importKey ?? []));
      for (const row of doubtful) {
        if (row.post?.importKey != null && known.has(row.post.importKey)) leftOut += 1;
        else changed.push(...row.problems, ...pastProblem(row, now));
      }
      if (changed.length > 0) {
        if (!skipBad) throw new RowsChanged();
        skipped += new Set(changed.map((problem) => problem.line)).size;
        changed.length = 0;
      }
      if (fit.length > 0) yield fit;
    }
  }

  try {
    for (const one of prepared.media.values()) kept.push(await keepMedia(deps.mediaDir, one, signal));
    const { fileName, format } = preview;
    const { added, known, importId } = await deps.storage.posts.importAll(
      guardedChunks(),
      now,
      (done) => onProgress(done, total),
      deps.onAdded,
      { fileName, format, by: deps.by() },
    );
    return ok({ added, known: known + leftOut, skipped, importId: importId ?? null });
  } catch (thrown) {
    for (const one of kept) await discardMedia(one);
    const error = failure ?? thrown;
    if (error instanceof Canceled || error instanceof FileRefused) throw error;
    if (error instanceof RowsChanged) {
      const [first] = changed;
      return refuse('rows-changed', inWords(rowsChanged(first), language));
    }
    return refuse('storage', inWords(notAdded(error), language));
  }
}

class RowsChanged extends Error {}

function plannedOf(row: CalendarRow): PlannedPost | null {
  if (row.post === null || row.seat === null) return null;
  const { publishAt, timeZone, accountId, content } = row.post;
  return { publishAt, timeZone, accountId, calls: content.parts.length, graceMs: row.seat.brand.graceMs };
}

/** What is scheduled already takes up time too, and what was or will be said is not said again. */
async function addThere(
  deps: CalendarImportDeps,
  plan: ReturnType<typeof createPlan>,
  duplicates: ReturnType<typeof createLikelyDuplicates>,
  firstAt: Instant | null,
  lastAt: Instant | null,
  pace: () => Promise<void> | undefined,
): Promise<void> {
  if (firstAt === null || lastAt === null) return;
  const states = ['scheduled', 'publishing', 'published', 'unconfirmed'] as const;
  const filter = { states, from: firstAt - DUPLICATE_WINDOW_MS, to: lastAt };
  const { total } = await deps.storage.posts.page(filter, 'soonest', 0, 1);
  if (total === 0 || total > MOST_LOOKED_AT) return;
  const brands = new Map((await deps.storage.brands.list()).map((brand) => [brand.id, brand]));
  for await (const posts of deps.storage.posts.stream(filter)) {
    for (const { publishAt, timeZone, accountId, brandId, content, state } of posts) {
      duplicates.addThere(accountId, contentHashOf(content), publishAt);
      const turn = pace();
      if (turn) await turn;
      if (state !== 'scheduled' || publishAt < firstAt - 3_600_000) continue;
      const graceMs = brands.get(brandId)?.graceMs ?? 0;
      plan.add({ publishAt, timeZone, accountId, calls: content.parts.length, graceMs });
    }
  }
}

const canceled: Said = say(
  'The import was canceled; nothing was added.',
  'L’import a été annulé ; rien n’a été ajouté.',
);
const noHeader: Said = say(
  `The first line names none of the columns, and it is no file of a tool that is known here. Say which column is which, or use the header: ${calendarSpec.required.join(', ')}.`,
  `La première ligne ne nomme aucune des colonnes, et ce n’est le fichier d’aucun outil connu ici. Dites quelle colonne est quoi, ou utilisez l’en-tête : ${calendarSpec.required.join(', ')}.`,
);
const needsColumns: Said = say(
  'Say which column is the text and which is the time.',
  'Dites quelle colonne est le texte et laquelle est l’heure.',
);
const windows1252: Said = say(
  'The file is not in UTF-8; it was read as Windows-1252, as spreadsheets write it. Check the accents.',
  'Le fichier n’est pas en UTF-8 ; il a été lu en Windows-1252, comme l’écrivent les tableurs. Vérifiez les accents.',
);

function areBad(count: number): Said {
  return say(
    `${count} ${count === 1 ? 'row is' : 'rows are'} bad, so nothing was added.`,
    `${count} ${count === 1 ? 'ligne est mauvaise' : 'lignes sont mauvaises'}, rien n’a donc été ajouté.`,
  );
}

function rowsChanged(problem: RowProblem | undefined): Said {
  const line = problem?.line ?? 0;
  return say(
    `Since the file was looked at, line ${line} has become bad: ${problem?.said.en ?? ''} Nothing was added.`,
    `Depuis la vérification du fichier, la ligne ${line} n’est plus bonne : ${problem?.said.fr ?? ''} Rien n’a été ajouté.`,
  );
}

function notAdded(error: unknown): Said {
  const detail = error instanceof Error ? error.message : String(error);
  return say(
    `Nothing was added, because something could not be written: ${detail}`,
    `Rien n’a été ajouté, car l’écriture a échoué : ${detail}`,
  );
}
