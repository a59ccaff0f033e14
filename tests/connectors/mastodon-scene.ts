import { afterEach, beforeEach } from 'vitest';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type FaultServer, jsonOf, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256 } from '../support/sample-content.ts';
import { createMastodonFake, type FakeOptions, type MastodonFake, TOKEN } from './servers/mastodon-fake.ts';

/** A server of our own that answers like Mastodon, new for each test of the file, and an account on it. */
export function mastodonScene() {
  let fake: MastodonFake;
  let server: FaultServer;
  async function start(options: FakeOptions = {}): Promise<void> {
    await server?.close();
    fake = createMastodonFake(options);
    server = await startFaultServer({ answer: (request) => fake.answer(request) });
  }
  beforeEach(() => start());
  afterEach(() => server.close());
  return {
    get fake() {
      return fake;
    },
    get server() {
      return server;
    },
    /** Anew, with other options. */
    start,
    /** Something else in its place. */
    async serve(options: Parameters<typeof startFaultServer>[0]) {
      await server.close();
      server = await startFaultServer(options);
    },
    context(settings: Record<string, string> = {}, more: TestContextOptions = {}) {
      const base = createTestContext({
        settings: { server: server.origin, accountId: '7', ...settings },
        secrets: { token: TOKEN },
        media: { [PNG_SHA256]: PNG },
        ...more,
      });
      return { ...base, wait: async () => {} };
    },
    /** What was asked to be published. */
    bodies: () => server.requests.filter(({ path }) => path === '/api/v1/statuses').map(jsonOf),
  };
}
