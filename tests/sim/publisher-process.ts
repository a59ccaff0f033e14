import { decideSend, type Lease } from '../../src-main/core/gate.ts';
import type { Place } from '../../src-main/core/scope.ts';
import { covers } from '../../src-main/core/scope.ts';
import type { PublisherGate } from '../../src-main/publisher/gate.ts';
import type { ChildProcess } from '../../src-main/publisher/handle.ts';
import type { FromPublisher, ToPublisher } from '../../src-main/publisher/protocol.ts';
import { createSender } from '../../src-main/publisher/sender.ts';
import type { Random } from './random.ts';
import { createSimConnector } from './sim-connector.ts';
import { createProcess, type Process } from './timeline.ts';
import type { World } from './world-parts.ts';

export type Publisher = {
  readonly pid: number;
  readonly process: Process;
  /** The main that started it. */
  readonly main: Process;
  epoch: number | null;
  isClosed: boolean;
  /** Ends it, after as long as the system takes. */
  kill(): void;
  /** Whether a send of this place would pass its gate now. */
  couldSend(place: Place): boolean;
};

/** How long a message takes: hardly any time, unless whoever is to hear it has its hands full. */
const wayOf = (random: Random) => (random.chance(0.1) ? random.span(6, 80) : random.int(1, 6));

const WHERE = { dataDir: '', host: '' };
/** As in the running publisher. */
const LAST_STEPS_MS = 50;
const ORPHANED_MS = 5_000;

/**
 * The process that sends: the real sender and the real decision of its gate, on simulated files, time and network. Returns the end that
 * main holds.
 */
export function spawnPublisher(world: World, main: Process): ChildProcess {
  const { timeline, random, files, machine } = world;
  const pid = machine.nextPid();
  const process = createProcess(`publisher ${pid}`);
  const listeners: ((message: FromPublisher) => void)[] = [];
  let onExit = () => {};
  let lease: Lease | null = null;
  let cap = 0;
  let isSilenced = false;
  let sendingTo: Place | null = null;
  let arePipesLost = false;
  let toMainAt = 0;
  let toChildAt = 0;
  const decide = world.defect.decide ?? decideSend;

  const gate: PublisherGate = {
    arm: () => {},
    setCap: () => {},
    keepLease: () => {},
    close: () => {},
    ask(place, inFlight, notAfter) {
      if (publisher.epoch === null || publisher.isClosed) return { allow: false, why: 'stopped' };
      machine.beat(main);
      const narrow = files.readNarrow();
      const now = timeline.wall();
      return decide(
        {
          armedEpoch: publisher.epoch,
          lease,
          monotonic: timeline.monotonic(),
          now,
          permit: files.readPermit(),
          latch: files.readLatch(),
          isCovered:
            narrow === null ||
            narrow.some(({ stop, endsAt }) => (endsAt === null || now < endsAt) && covers(stop.scope, place)),
          notAfter,
          inFlight,
          cap,
        },
        world,
      );
    },
  };

  /** Messages arrive in order; some of the last ones are lost with their sender. */
  function say(message: FromPublisher): void {
    if (!process.isAlive) return;
    toMainAt = Math.max(toMainAt, timeline.now() + wayOf(random));
    timeline.after(main, toMainAt - timeline.now(), `main hears ${message.type}`, () => {
      if (arePipesLost) return;
      for (const listener of listeners) listener(message);
    });
  }

  const sender = createSender(
    {
      gate,
      connectorFor: () => sendingTo && createSimConnector(world, publisher, sendingTo),
      open: () => ({}),
      renew: async () => ({}),
      now: timeline.wall,
      say,
    },
    () => WHERE,
  );

  function end(): void {
    if (!process.isAlive) return;
    process.isAlive = false;
    process.silentSince ??= timeline.monotonic();
    arePipesLost = random.chance(0.2);
    machine.publishers.delete(publisher);
    world.chronicle.note('publisher ended', pid);
    timeline.after(main, random.int(1, 8), 'main sees the publisher end', () => onExit());
  }

  function hear(message: ToPublisher): void {
    switch (message.type) {
      case 'arm':
        if (publisher.epoch !== null) return;
        publisher.epoch = message.epoch;
        cap = message.cap;
        return;
      case 'cap':
        cap = message.cap;
        return;
      case 'send':
        sendingTo = message.place;
        sender.send(message);
        return;
      case 'silence':
        publisher.isClosed = true;
        if (isSilenced) return;
        isSilenced = true;
        void sender
          .silence(() => true)
          .then(() => {
            say({ type: 'silent' });
            timeline.after(process, LAST_STEPS_MS, 'publisher leaves', end);
          });
        return;
      case 'silence-scope': {
        const { call, scope } = message;
        void sender.silence((place) => covers(scope, place)).then(() => say({ type: 'scope-silent', call }));
        return;
      }
      default:
        return;
    }
  }

  const publisher: Publisher = {
    pid,
    process,
    main,
    epoch: null,
    isClosed: false,
    kill() {
      const takes = Math.max(random.int(0, 16), machine.immortalUntil - timeline.now());
      timeline.after(world.outside, takes, 'publisher is killed', end);
    },
    couldSend: (place) => process.isAlive && gate.ask(place, 1, Number.POSITIVE_INFINITY).allow,
  };
  machine.publishers.add(publisher);
  world.counts.publishers += 1;
  machine.onEnd(main, () => {
    // Its port closes: it leaves at once, or when it notices that nobody gave a sign of life.
    const takes = random.chance(0.8) ? random.int(1, 30) : ORPHANED_MS;
    timeline.after(process, takes, 'orphaned publisher leaves', end);
  });

  return {
    pid: () => pid,
    post(message) {
      if (!main.isAlive) return;
      if (message.type === 'lease') {
        lease = message.lease;
        return;
      }
      if (message.type === 'arm') world.invariants.onArming(message.epoch);
      toChildAt = Math.max(toChildAt, timeline.now() + wayOf(random));
      timeline.after(process, toChildAt - timeline.now(), `publisher hears ${message.type}`, () =>
        hear(message),
      );
    },
    onMessage: (listener) => void listeners.push(listener),
    onExit(listener) {
      onExit = listener;
    },
    kill: () => {
      if (main.isAlive) publisher.kill();
    },
  };
}
