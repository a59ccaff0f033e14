import type { CsvRow } from './csv-rows.ts';
import { FileRefused, say } from './said.ts';
import { type NumberKind, writtenSerial } from './workbook-dates.ts';
import type { XmlListener } from './workbook-xml.ts';

/** What the cells of a sheet refer to. */
export type SheetFacts = {
  /** As they are shown, `unescaped` already: many cells may name one. */
  readonly strings: readonly string[];
  /** By the number of a cell's style. */
  readonly kinds: readonly NumberKind[];
  /** Days are counted from 1904, as old spreadsheets on a Mac did. */
  readonly is1904: boolean;
};

type Row = CsvRow & { kind: 'row' };

const MOST_COLUMNS = 1_000;
/** As many as spreadsheets have (ECMA-376 knows no end, they do). */
const MOST_ROWS = 1_048_576;
/** Spreadsheets end them at 32,767 or 50,000 letters. A few that are longer, named by many cells, would keep the loop. */
const MOST_LETTERS = 100_000;

/** Adds a piece to the text of a cell; throws `FileRefused` for one that no spreadsheet would hold. */
export function longer(text: string, piece: string): string {
  if (text.length + piece.length > MOST_LETTERS) throw new FileRefused('cell-too-long', cellTooLong);
  return text + piece;
}

/** Makes rows of texts from a sheet's XML as it goes by; `take` gives those that are complete. */
export function createSheetReader(facts: SheetFacts) {
  let rows: Row[] = [];
  let line = 0;
  let count = 0;
  let cells: string[] = [];
  let place = 0;
  let cell = { type: 'n', style: 0 };
  let value = '';
  let isValue = false;
  let aloud = 0;

  const listener: XmlListener = {
    open(local, attributes) {
      switch (local) {
        case 'row':
          count += 1;
          if (count > MOST_ROWS) throw new FileRefused('too-many-rows', tooManyRows);
          line = Number(attributes.r ?? line + 1);
          cells = [];
          place = -1;
          return;
        case 'c':
          place = attributes.r === undefined ? place + 1 : placeOf(attributes.r);
          if (place >= MOST_COLUMNS) throw new FileRefused('too-many-columns', tooManyColumns);
          cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
          value = '';
          return;
        case 'rPh':
          aloud += 1;
          return;
        case 'v':
        case 't':
          isValue = aloud === 0;
      }
    },
    text(piece) {
      if (isValue) value = longer(value, piece);
    },
    close(local) {
      if (local === 'v' || local === 't') isValue = false;
      else if (local === 'rPh') aloud -= 1;
      else if (local === 'c') {
        while (cells.length < place) cells.push('');
        cells[place] = textOf(value, cell, facts);
      } else if (local === 'row') rows.push({ kind: 'row', line, cells });
    },
  };

  return {
    listener,
    take(): readonly Row[] {
      const ready = rows;
      rows = [];
      return ready;
    },
  };
}

function textOf(value: string, cell: { type: string; style: number }, facts: SheetFacts): string {
  switch (cell.type) {
    case 's':
      return value === '' ? '' : (facts.strings[Number(value)] ?? '');
    case 'str':
    case 'inlineStr':
      return unescaped(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'd':
    case 'e':
      return value;
    default: {
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) return value;
      const kind = facts.kinds[cell.style] ?? 'number';
      return kind === 'number' ? String(number) : writtenSerial(number, kind, facts.is1904);
    }
  }
}

/** Characters that XML cannot hold are written '_x000D_' (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text
    .replace(/_x([0-9A-F]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/gu, '\n');
}

/** 0 for 'A7', 26 for 'AA1'. */
function placeOf(reference: string): number {
  let place = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    place = place * 26 + code;
  }
  return place - 1;
}

const tooManyRows = say(
  `The sheet has more than ${MOST_ROWS} rows. Split it.`,
  `La feuille a plus de ${MOST_ROWS} lignes. Découpez-la.`,
);
const tooManyColumns = say(
  `The sheet has more than ${MOST_COLUMNS} columns.`,
  `La feuille a plus de ${MOST_COLUMNS} colonnes.`,
);
const cellTooLong = say(
  `A cell of the workbook is longer than ${MOST_LETTERS} characters.`,
  `Une cellule du classeur dépasse ${MOST_LETTERS} caractères.`,
);
