import { createDeskIndex, type DeskIndex } from '../calendar/desk-index.ts';
import { FIELDS, type Field } from '../calendar/formats/format.ts';
import { formatOf, formats } from '../calendar/formats/index.ts';
import type { CalendarImport, ImportOptions } from '../calendar/import-calendar.ts';
import { zoneName } from '../calendar/local-time.ts';
import { type FileLook, onlyOrder } from '../calendar/look-at-file.ts';
import { createNearest } from '../calendar/nearest-name.ts';
import { OWN_FORMAT, type ReadingChoices } from '../calendar/reading-choices.ts';
import { FileRefused, inWords, quoted, type Said, say } from '../calendar/said.ts';
import { connectors } from '../connectors/index.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import type { ReadingWords } from './arguments.ts';

/** How the file is to be read, and what was not said but can only be so. */
type Chosen = { readonly choices: ReadingChoices; readonly assumed: readonly Said[] };

/**
 * From what the command line says, and what the file says of itself. Refuses 'bad-option' with the option that cannot be understood, and
 * what is no table.
 */
export async function readChoices(
  importer: CalendarImport,
  path: string,
  words: ReadingWords,
  storage: Storage,
  options: ImportOptions,
): Promise<Result<Chosen>> {
  try {
    const plain = readPlainChoices(words);
    const first = await importer.look(path, plain, options);
    if (!first.ok) return first;
    if (first.value.format === OWN_FORMAT) return ok({ choices: plain, assumed: [] });
    const columns = words.columns.length === 0 ? {} : { columns: readColumns(words.columns, first.value) };
    const mapped = { ...plain, ...columns };
    const looked = words.columns.length === 0 ? first : await importer.look(path, mapped, options);
    if (!looked.ok) return looked;
    const [brands, accounts] = await Promise.all([storage.brands.list(), storage.accounts.list()]);
    const desk = createDeskIndex(brands, accounts, connectors, createNearest());
    return ok(withAssumed(mapped, looked.value, readAccounts(words, desk), desk));
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return refuse(error.problem.code, inWords(error.problem.said, options.language));
  }
}

function readPlainChoices(words: ReadingWords): ReadingChoices {
  const { format, sheet, timeZone } = words;
  if (format !== '' && format !== OWN_FORMAT && formatOf(format) === null)
    throw badOption('--format', format, [...formats.map(({ id }) => id), 'columns', OWN_FORMAT]);
  if (timeZone !== '' && timeZone !== 'brand' && zoneName(timeZone) === null)
    throw badOption('--time-zone', timeZone, ['brand', 'Europe/Paris', '…']);
  const dateOrder = oneOf('--date-order', words.dateOrder, ['dmy', 'mdy', 'ymd']);
  const clockChange = oneOf('--clock-change', words.clockChange, ['earlier', 'later']);
  const webMedia = oneOf('--web-media', words.webMedia, ['leave', 'link']);
  return {
    ...(format === '' ? {} : { format }),
    ...(sheet === '' ? {} : { sheet }),
    ...(timeZone === '' ? {} : { timeZone: zoneName(timeZone) ?? timeZone }),
    ...(dateOrder === null ? {} : { dateOrder }),
    ...(clockChange === null ? {} : { clockChange }),
    ...(webMedia === null ? {} : { webMedia }),
  };
}

function oneOf<T extends string>(option: string, given: string, allowed: readonly T[]): T | null {
  if (given === '') return null;
  const found = allowed.find((one) => one === given);
  if (found === undefined) throw badOption(option, given, allowed);
  return found;
}

/** The format's own columns, and those said instead. */
function readColumns(given: readonly string[], look: FileLook): NonNullable<ReadingChoices['columns']> {
  const columns: { [F in Field]?: number[] } = { ...look.fields };
  const said = new Set<Field>();
  for (const one of given) {
    const [left = '', right = ''] = splitOnce(one, '=');
    const field = oneOf('--column', left.trim(), FIELDS);
    const place = placeOf(right.trim(), look);
    if (field === null || place === null)
      throw badOption(
        '--column',
        one,
        look.columns.map(({ name }) => name).filter((name) => name !== ''),
      );
    columns[field] = said.has(field) ? [...(columns[field] ?? []), place] : [place];
    said.add(field);
  }
  return columns;
}

/** By its name in the header, or by its letter. */
function placeOf(written: string, { columns }: FileLook): number | null {
  const named = columns.findIndex(({ name }) => name.toLowerCase() === written.toLowerCase());
  if (named >= 0) return named;
  if (!/^[a-z]{1,2}$/iu.test(written)) return null;
  const letters = [...written.toUpperCase()].map((letter) => letter.charCodeAt(0) - 64);
  const place = letters.reduce((sum, letter) => sum * 26 + letter, 0) - 1;
  return place < columns.length ? place : null;
}

function readAccounts(words: ReadingWords, desk: DeskIndex): Map<string, number[]> {
  const accounts = new Map<string, number[]>();
  const add = (name: string, id: number) => accounts.set(name, [...(accounts.get(name) ?? []), id]);
  for (const one of words.accounts) {
    const [name = '', place = ''] = splitOnce(one, '=');
    add(name.trim(), findAccount('--account', place, desk));
  }
  for (const one of words.to) add('', findAccount('--to', one, desk));
  return accounts;
}

/** 'brand/network/account'. */
function findAccount(option: string, written: string, desk: DeskIndex): number {
  const [brandName = '', rest = ''] = splitOnce(written, '/');
  const [networkName = '', account = ''] = splitOnce(rest, '/');
  const brand = desk.brand(brandName);
  const network = desk.network(networkName);
  const seat = brand.ok && network.ok ? desk.seat(brand.value, network.value, account) : null;
  const wrong = [brand, network, seat].find((found) => found !== null && !found.ok);
  if (seat?.ok) return seat.value.account.id;
  const why = wrong !== undefined && wrong !== null && !wrong.ok ? wrong.said : say('', '');
  throw new FileRefused(
    'bad-option',
    say(`${option} ${quoted(written).en}: ${why.en}`, `${option} ${quoted(written).fr} : ${why.fr}`),
  );
}

/** What the file leaves no other way to be read is taken, and said. */
function withAssumed(
  choices: ReadingChoices,
  look: FileLook,
  given: ReadonlyMap<string, readonly number[]>,
  desk: DeskIndex,
): Chosen {
  const assumed: Said[] = [];
  const order = choices.dateOrder === undefined ? onlyOrder(look) : null;
  if (order !== null) {
    const sample = look.dates.samples.find((one) => one.readings[order] !== '');
    const day = sample?.readings[order].replace('T', ' ') ?? '';
    assumed.push(
      say(
        `Days are read as ${order}, the only order in which all of them exist: “${sample?.written}” is ${day}.`,
        `Les jours sont lus dans l’ordre ${order}, le seul où tous existent : « ${sample?.written} » est ${day}.`,
      ),
    );
  }
  const accounts = new Map(given);
  for (const { name, suggested } of look.accounts) {
    const seat = desk.seatOf(suggested[0] ?? 0);
    if (given.has(name) || seat === null) continue;
    accounts.set(name, suggested);
    const place = `${seat.brand.name}/${seat.account.network}/${seat.account.name}`;
    assumed.push(say(`${quoted(name).en} is read as ${place}.`, `${quoted(name).fr} est lu comme ${place}.`));
  }
  return {
    choices: {
      ...choices,
      ...(order === null ? {} : { dateOrder: order }),
      accounts: Object.fromEntries(accounts),
    },
    assumed,
  };
}

function splitOnce(text: string, sign: string): readonly [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function badOption(option: string, given: string, allowed: readonly string[]): FileRefused {
  const list = allowed.join(', ');
  return new FileRefused(
    'bad-option',
    say(
      `${option} ${quoted(given).en} is not understood. There are: ${list}.`,
      `${option} ${quoted(given).fr} n’est pas compris. Il y a : ${list}.`,
    ),
  );
}
