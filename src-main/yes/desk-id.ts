import type { FactStore } from '../core/stores.ts';

const DESK_FACT = 'yes-desk';

/** Names this data folder in pages and answers, also after it was copied or brought back; made when it is first needed. */
export async function deskIdOf(facts: FactStore, randomBytes: (n: number) => Uint8Array): Promise<string> {
  const known = await facts.read(DESK_FACT);
  if (known !== null && /^[0-9a-f]{16}$/u.test(known)) return known;
  const made = Buffer.from(randomBytes(8)).toString('hex');
  await facts.write(DESK_FACT, made);
  return made;
}
