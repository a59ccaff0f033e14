import { createHash } from 'node:crypto';
import type { Layout } from '../calendar/layout.ts';
import type { ReadingChoices } from '../calendar/reading-choices.ts';
import type { FactStore } from '../core/stores.ts';

const MOST_NAMES = 1_000;

/** What was chosen for the last file of the same header; {} when there was none. */
export async function recallChoices(facts: FactStore, layout: Layout): Promise<ReadingChoices> {
  const kept = await facts.read(keyOf(layout));
  if (kept === null) return {};
  try {
    return JSON.parse(kept) as ReadingChoices;
  } catch {
    return {};
  }
}

/**
 * Keeps what was chosen, for the next file of the same header.
 *
 * HAZARD: rows that name no account, or only a network, went to the accounts of one client this time; the next file of the same header
 * may be another client's. What such rows mean is never kept, nor is a sheet's name, nor what was meant by times that the clocks skip or
 * show twice: those are other times in the next file.
 */
export async function keepChoices(facts: FactStore, layout: Layout, choices: ReadingChoices): Promise<void> {
  const { accounts = {}, sheet: _, clockChange: __, ...rest } = choices;
  const isNamed = layout.fields.account !== undefined || layout.fields.brand !== undefined;
  const named = Object.entries(accounts).filter(([name, ids]) => name !== '' && ids.length > 0);
  const kept = { ...rest, accounts: Object.fromEntries(isNamed ? named.slice(0, MOST_NAMES) : []) };
  await facts.write(keyOf(layout), JSON.stringify(kept));
}

/** Files without a header have in common how many columns they have. */
function keyOf({ hasHeader, names }: Layout): string {
  const header = hasHeader ? names.map((name) => name.toLowerCase()) : names.length;
  const hash = createHash('sha256').update(JSON.stringify(header)).digest('hex');
  return `import-${hash.slice(0, 32)}`;
}
