import { afterAll } from 'vitest';
import { nostr } from '../../src-main/connectors/nostr/index.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import type { SeenRequest } from '../support/fault-server.ts';
import { type Relay, type RelayFault, startRelay } from '../support/relay.ts';
import { sampleContent, sampleRequest } from '../support/sample-content.ts';

/** The example of NIP-19. */
export const NSEC = 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5';
export const NPUB = 'npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg';
export const HEX = '67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa';
export const PUBLIC = '7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e';

export const isNote = ({ method, body }: SeenRequest) =>
  method === 'EVENT' && JSON.parse(body.toString('utf8'))[1].kind === 1;

/** Tests beside each other cannot clean up each after itself: what they started ends with the file. */
const started: Relay[] = [];
afterAll(async () => {
  for (const relay of started) await relay.close();
});

/** Starts relays, the first with this fault for every message of which `which` says yes; gives a context that knows them all. */
export async function openRelays(
  faults: readonly (RelayFault | null)[] = [null],
  more: TestContextOptions & { readonly which?: (request: SeenRequest) => boolean } = {},
) {
  const relays: Relay[] = [];
  for (const fault of faults)
    relays.push(await startRelay((request) => (fault && (more.which ?? isNote)(request) ? fault : null)));
  started.push(...relays);
  const [first] = relays;
  if (!first) throw new Error('no relay');
  const context = (options: TestContextOptions = {}) => {
    const base = createTestContext({
      settings: { relays: relays.map(({ url }) => url).join(' ') },
      secrets: { key: NSEC },
      ...more,
      ...options,
    });
    return { ...base, wait: async () => {} };
  };
  return { relays, relay: first, context };
}
export const hello = (parts: readonly string[] = ['Hello']) => sampleRequest(sampleContent(parts));
export const say = (...message: readonly unknown[]): RelayFault => ({
  kind: 'say',
  text: JSON.stringify(message),
});
export const no = (words: string): RelayFault => ({
  kind: 'say',
  text: (message) => JSON.stringify(['OK', (message[1] as { id: string }).id, false, words]),
});
export const publish = (context: ReturnType<typeof createTestContext>, request = hello()) =>
  nostr.publish(context, request);
