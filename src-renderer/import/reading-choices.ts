import type { DateOrder, ImportChoices, ImportField, ImportLook } from '../../src-preload/import-views.ts';

const DATE_ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** Orders in which at least one open day of the file exists. */
export function ordersOf({ dates }: ImportLook): readonly DateOrder[] {
  return DATE_ORDERS.filter((order) => dates.impossible[order] < dates.open);
}

/** The one order in which every day of the file exists; null when there are several, or none. */
export function onlyOrder({ dates }: ImportLook): DateOrder | null {
  const possible = DATE_ORDERS.filter((order) => dates.impossible[order] === 0);
  return dates.open > 0 && possible.length === 1 ? (possible[0] ?? null) : null;
}

/**
 * What is shown as chosen before a person has said anything: what they chose for the last file like it, what the file leaves no other way
 * to be read, and accounts that alone can be meant. Never an order or a zone that could be another.
 */
export function startingChoices(look: ImportLook): ImportChoices {
  const { remembered } = look;
  const dateOrder = remembered.dateOrder ?? onlyOrder(look) ?? undefined;
  const accounts = Object.fromEntries(
    look.accounts.map(({ name, suggested }) => [name, remembered.accounts?.[name] ?? suggested]),
  );
  return {
    ...remembered,
    format: look.format,
    columns: look.fields,
    hasHeader: look.hasHeader,
    dateOrder,
    accounts,
  };
}

export type OpenQuestion = 'columns' | 'order' | 'zone';

/** What must be said before the rows can be read. */
export function openQuestions(look: ImportLook, choices: ImportChoices): readonly OpenQuestion[] {
  return [
    ...(look.missing.length > 0 ? (['columns'] as const) : []),
    ...(look.dates.open > 0 && choices.dateOrder === undefined ? (['order'] as const) : []),
    ...(look.zoneless > 0 && (choices.timeZone ?? '') === '' ? (['zone'] as const) : []),
  ];
}

/** The columns with one field read from others; a column is only one thing. */
export function withField(
  fields: ImportLook['fields'],
  field: ImportField,
  places: readonly number[],
): ImportLook['fields'] {
  const changed: ImportLook['fields'] = {};
  for (const [name, taken] of Object.entries(fields) as [ImportField, number[]][]) {
    const rest = taken.filter((place) => !places.includes(place));
    if (name !== field && rest.length > 0) changed[name] = rest;
  }
  if (places.length > 0) changed[field] = [...places];
  return changed;
}

/** 'A', 'B', … as spreadsheets call a column without a name. */
export function columnLetter(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${columnLetter(Math.floor(place / 26) - 1)}${letter}`;
}
