import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  type Event,
  EventRepository,
  type EventRepositoryUpsertResult,
  type Filter,
} from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultServer, SeenRequest } from './fault-server.ts';

/** What a relay does with one message instead of answering it honestly. */
export type RelayFault =
  /** Says this, and does nothing. */
  | { readonly kind: 'say'; readonly text: string | ((message: readonly unknown[]) => string) }
  /** Says this, and then answers honestly. */
  | { readonly kind: 'lie'; readonly text: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'close' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  /** The head of a frame, then one byte of it in a while, never the end. */
  | { readonly kind: 'drip' }
  /** Notices without end, none of them an answer. */
  | { readonly kind: 'chatter' };

export type Relay = FaultServer & {
  /** 'ws://127.0.0.1:<port>' */
  readonly url: string;
  /** Notes (kind 1) that can be read there now, oldest first. */
  notes(): readonly Event[];
};

/** An event store in memory that keeps to NIP-01 and NIP-09 as far as this project asks. */
class MemoryRepository extends EventRepository {
  readonly events = new Map<string, Event>();
  readonly deleted = new Set<string>();

  isSearchSupported(): boolean {
    return false;
  }
  upsert(event: Event): EventRepositoryUpsertResult {
    const isDuplicate = this.events.has(event.id) || this.deleted.has(event.id);
    if (!isDuplicate) this.events.set(event.id, event);
    return { isDuplicate };
  }
  find(filter: Filter): Event[] {
    return [...this.events.values()]
      .filter(
        (event) =>
          (filter.ids?.includes(event.id) ?? true) &&
          (filter.authors?.includes(event.pubkey) ?? true) &&
          (filter.kinds?.includes(event.kind) ?? true),
      )
      .slice(0, filter.limit ?? 100);
  }
  override async deleteByDeletionRequest(request: Event): Promise<void> {
    for (const [type, id = ''] of request.tags) {
      if (type !== 'e' || this.events.get(id)?.pubkey !== request.pubkey) continue;
      this.events.delete(id);
      this.deleted.add(id);
    }
  }
  async destroy(): Promise<void> {}
}

/**
 * A real relay (nostr-relay) on a free port of 127.0.0.1, with a memory of its own. Each connection is seen as a request 'OPEN', each
 * message as one named by its type with the whole message as its body, those included that are never answered.
 */
export async function startRelay(
  faultFor: (request: SeenRequest) => RelayFault | null = () => null,
): Promise<Relay> {
  const repository = new MemoryRepository();
  // Results kept for a second would show what was deleted meanwhile.
  const relay = new NostrRelay(repository, { filterResultCacheTtl: 0, eventHandlingResultCacheTtl: 0 });
  const validator = new Validator();
  const requests: SeenRequest[] = [];
  const waiting: { which: (request: SeenRequest) => boolean; tell: (request: SeenRequest) => void }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });

  function see(method: string, body: Buffer): SeenRequest {
    const request = { method, path: '/', headers: {}, body, firstByteAt: performance.now() };
    requests.push(request);
    for (const one of waiting.splice(0)) {
      if (one.which(request)) one.tell(request);
      else waiting.push(one);
    }
    return request;
  }

  async function answer(client: WebSocket, data: Buffer): Promise<void> {
    try {
      await relay.handleMessage(client, await validator.validateIncomingMessage(data));
    } catch (error) {
      client.send(JSON.stringify(['NOTICE', (error as Error).message]));
    }
  }

  async function handle(client: WebSocket, socket: Socket, data: Buffer): Promise<void> {
    const message = JSON.parse(data.toString('utf8')) as readonly unknown[];
    const fault = faultFor(see(String(message[0]), data));
    switch (fault?.kind) {
      case 'lie':
        client.send(fault.text);
        return answer(client, data);
      case undefined:
        return answer(client, data);
      case 'say':
        return client.send(typeof fault.text === 'string' ? fault.text : fault.text(message));
      case 'binary':
        return client.send(Buffer.from([1, 2, 3]));
      case 'close':
        return client.close(1001, 'going away');
      case 'reset':
        socket.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'drip': {
        // A text frame of 4,096 bytes.
        socket.write(Buffer.from([0x81, 126, 0x10, 0x00]));
        timers.add(setInterval(() => socket.write(' '), 20));
        return;
      }
      case 'chatter':
        timers.add(setInterval(() => client.send(JSON.stringify(['NOTICE', 'still here'])), 20));
        return;
    }
  }

  server.on('connection', (client: WebSocket, request: IncomingMessage) => {
    see('OPEN', Buffer.alloc(0));
    relay.handleConnection(client);
    client.on('error', () => {});
    client.on('close', () => relay.handleDisconnect(client));
    client.on('message', (data) => void handle(client, request.socket, data as Buffer));
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    origin: url,
    requests,
    next: (which) => new Promise((tell) => waiting.push({ which, tell })),
    notes: () =>
      [...repository.events.values()]
        .filter(({ kind }) => kind === 1)
        .sort((a, b) => a.created_at - b.created_at),
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const client of server.clients) client.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await relay.destroy();
    },
  };
}
