import type { CsvRow, Delimiter } from './csv-rows.ts';
import { nearestName } from './nearest-name.ts';
import { FileRefused, hint, quoted, type RowProblem, say } from './said.ts';

/** The columns of a kind of file; all are known by name, in any order and any letters. */
export type ColumnSpec<C extends string> = {
  readonly required: readonly C[];
  readonly optional: readonly C[];
};

export type Header<C extends string> = {
  /** Of each column that is there: its place in a row. */
  readonly places: ReadonlyMap<C, number>;
  /** Cells a row must have. */
  readonly width: number;
  /** Places without a name, as spreadsheets leave them at the end; their cells must be empty. */
  readonly unnamed: readonly number[];
};

/**
 * Comma or semicolon: whichever tells apart more of the known names in the first line. Throws `FileRefused` when it is
 * neither, or when the line names no column at all.
 */
export function chooseDelimiter(firstLine: string, known: readonly string[]): Delimiter {
  const count = (delimiter: string) =>
    firstLine.split(delimiter).filter((cell) => known.includes(nameOf(cell.replaceAll('"', '')))).length;
  const [commas, semicolons, tabs] = [count(','), count(';'), count('\t')];
  if (tabs > Math.max(commas, semicolons)) {
    throw new FileRefused(
      'tabs',
      say(
        'The cells are separated by tabs. Separate them by commas or semicolons.',
        'Les cellules sont séparées par des tabulations. Séparez-les par des virgules ou des points-virgules.',
      ),
    );
  }
  if (commas === 0 && semicolons === 0) {
    const names = known.join(', ');
    throw new FileRefused(
      'no-header',
      say(
        `The first line names none of the columns. It must be the header: ${names}.`,
        `La première ligne ne nomme aucune des colonnes. Elle doit être l’en-tête : ${names}.`,
      ),
    );
  }
  return semicolons > commas ? ';' : ',';
}

/**
 * Reads the header. A column that is missing, unknown or there twice refuses the file by name: a typing error must not drop a column.
 * Where most names are unknown the file is probably another one, and nothing of what it says is repeated.
 */
export function readHeader<C extends string>(cells: readonly string[], spec: ColumnSpec<C>): Header<C> {
  const known = [...spec.required, ...spec.optional];
  const places = new Map<C, number>();
  const unnamed: number[] = [];
  const mistakes: { en: string; fr: string }[] = [];
  const named = cells.map(nameOf).filter((name) => name !== '');
  const isOurs = named.filter((name) => known.some((column) => column === name)).length * 2 > named.length;
  for (const [place, cell] of cells.entries()) {
    const name = nameOf(cell);
    const column = known.find((candidate) => candidate === name);
    if (name === '') unnamed.push(place);
    else if (column === undefined && !isOurs) {
      const number = place + 1;
      mistakes.push(say(`column ${number} has an unknown name.`, `la colonne ${number} a un nom inconnu.`));
    } else if (column === undefined) {
      const [given, meant] = [quoted(cell), hint(nearestName(name, known))];
      mistakes.push(
        say(`unknown column ${given.en}.${meant.en}`, `colonne inconnue ${given.fr}.${meant.fr}`),
      );
    } else if (places.has(column)) {
      mistakes.push(say(`column “${column}” is there twice.`, `la colonne « ${column} » figure deux fois.`));
    } else places.set(column, place);
  }
  for (const column of spec.required) {
    if (!places.has(column)) {
      mistakes.push(say(`column “${column}” is missing.`, `la colonne « ${column} » manque.`));
    }
  }
  if (mistakes.length > 0) {
    const shown = mistakes.slice(0, 10);
    throw new FileRefused(
      'bad-header',
      say(
        `Line 1: ${shown.map((mistake) => mistake.en).join(' Also: ')}`,
        `Ligne 1 : ${shown.map((mistake) => mistake.fr).join(' Et : ')}`,
      ),
    );
  }
  return { places, width: cells.length, unnamed };
}

/** The cell of a column, without the apostrophe that keeps spreadsheets from reading it as a formula; '' when the file has no such column. */
export function cellOf<C extends string>(header: Header<C>, cells: readonly string[], column: C): string {
  const place = header.places.get(column);
  return place === undefined ? '' : plainCell(cells[place] ?? '');
}

/** Whether the row has nothing in it, as spreadsheets leave behind. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** What is wrong with the row as a whole; null when it has as many cells as the header. */
export function shapeProblem<C extends string>(
  header: Header<C>,
  row: CsvRow & { kind: 'row' },
): RowProblem | null {
  const given = row.cells.length;
  if (given !== header.width) {
    return {
      line: row.line,
      column: '',
      said: say(
        `The row has ${given} cells, the header ${header.width}.${given > header.width ? ' Is a cell with a separator in it not quoted?' : ''}`,
        `La ligne a ${given} cellules, l’en-tête ${header.width}.${given > header.width ? ' Une cellule contenant un séparateur n’est-elle pas entre guillemets ?' : ''}`,
      ),
    };
  }
  const stray = header.unnamed.find((place) => (row.cells[place] ?? '').trim() !== '');
  if (stray === undefined) return null;
  return {
    line: row.line,
    column: '',
    said: say(
      `Cell ${stray + 1} is in a column without a name.`,
      `La cellule ${stray + 1} est dans une colonne sans nom.`,
    ),
  };
}

function nameOf(cell: string): string {
  return cell.trim().toLowerCase();
}

/** A cell that spreadsheets would run as a formula. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The cell as a spreadsheet shows it as text and runs nothing: one apostrophe before what begins like a formula, and before what
 * `plainCell` would otherwise take one from. `plainCell(guardedCell(x)) === x` for every x.
 */
export function guardedCell(text: string): string {
  return FORMULA.test(text) || GUARDED.test(text) ? `'${text}` : text;
}

/** Takes back what `guardedCell` added, once. */
export function plainCell(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

/** A cell as RFC 4180 has it, quoted where it must be for commas and for semicolons. */
export function csvCell(text: string): string {
  return /[",;\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
