import { connectorFor } from '../connectors/index.ts';
import { covers } from '../core/scope.ts';
import { serviceFor } from '../elsewhere/index.ts';
import { accountContext, serviceContext } from '../secrets/seal.ts';
import { removePublisherPid, writePublisherPid } from '../stop/publisher-pid.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { createPublisherGate } from './gate.ts';
import { isWireLost } from './http.ts';
import { openSecrets } from './opened-secrets.ts';
import type { AccountParcel, FromPublisher, ToPublisher, Whereabouts } from './protocol.ts';
import { type JobSubject, runJob } from './run-job.ts';
import { createSecretLoans } from './secret-loans.ts';
import { createSender } from './sender.ts';

/*
 * The process that sends. It is told everything over one port and ends when that port closes, when it is told to be silent, or when
 * main has given no sign of life for five seconds. Under Electron the port is a utility process's, in plain Node a child's.
 */

/** Without a lease for so long there is nothing left to wait for. */
const ORPHANED_MS = 5_000;
/**
 * How long it stays once it is silent: main ends it as soon as it has read what became of what was in flight, and a main that waits for its
 * disk meanwhile reads nothing from a process that has left.
 */
const LEAVE_MS = 2_000;

type ParentPort = {
  on(event: 'message', listener: (event: { data: ToPublisher }) => void): void;
  postMessage(message: FromPublisher): void;
};
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const now = () => Date.now();
const monotonic = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;

let where: Whereabouts | null = null;
let key: string | null = null;
let isSilenced = false;
let lastSign = monotonic();
let pidPath = '';

function say(message: FromPublisher): void {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected)
    // Main may have ended a moment ago; without a listener for the failure this process would end with a crash instead of leaving.
    process.send?.(message, undefined, undefined, () => {});
}

const gate = createPublisherGate({ now, monotonic });
const loans = createSecretLoans(say);
const sender = createSender(
  {
    gate,
    connectorFor,
    open: (accountId, sealed) => openSecrets(accountContext(accountId), sealed, key),
    renew: (accountId, trade) => loans.renew(accountId, () => key, trade),
    now,
    say,
  },
  () => where ?? { dataDir: '', host: '' },
);

function leave(): void {
  if (pidPath) removePublisherPid(pidPath);
  process.exit(0);
}

function hear(message: ToPublisher): void {
  lastSign = monotonic();
  switch (message.type) {
    case 'arm':
      if (where) return;
      where = message.where;
      key = message.key;
      pidPath = stopPaths(where.dataDir).publisherPid;
      writePublisherPid(pidPath);
      gate.arm(where, message.epoch, message.cap);
      return;
    case 'cap':
      gate.setCap(message.cap);
      return;
    case 'key':
      if (!isSilenced) key = message.key;
      return;
    case 'lease':
      gate.keepLease(message.lease);
      return;
    case 'send':
      sender.send(message);
      return;
    case 'lent':
    case 'kept':
      loans.hear(message);
      return;
    case 'silence':
      gate.close();
      if (isSilenced) return;
      isSilenced = true;
      // It stays a while yet; what opens the sign-ins does not.
      key = null;
      void sender
        .silence(() => true)
        .then(() => {
          say({ type: 'silent' });
          setTimeout(leave, LEAVE_MS);
        });
      return;
    case 'silence-scope': {
      const { call, scope } = message;
      void sender.silence((place) => covers(scope, place)).then(() => say({ type: 'scope-silent', call }));
      return;
    }
    case 'job': {
      const { call, job } = message;
      runJob(job, {
        where: message.where,
        secrets: openSecrets(contextOf(job.account), job.account.sealed, message.key),
        connector: subjectOf(job.account),
        now,
        renew: (trade) => loans.renew(job.account.id, () => message.key, trade),
      }).then(
        (answer) => say({ type: 'answer', call, answer }),
        (error: unknown) =>
          say({ type: 'job-failed', call, detail: error instanceof Error ? error.message : 'unknown error' }),
      );
      return;
    }
  }
}

function contextOf({ id, isService }: AccountParcel): string {
  return isService ? serviceContext(id) : accountContext(id);
}

/** What a look-up is made with. Another scheduler has no posts of ours to find or to take down. */
function subjectOf({ network, isService }: AccountParcel): JobSubject | null {
  if (!isService) return connectorFor(network);
  const service = serviceFor(network);
  return service && { ...service, find: null, remove: null, signIn: null };
}

if (parentPort) parentPort.on('message', (event) => hear(event.data));
else process.on('message', (message) => hear(message as ToPublisher)).on('disconnect', leave);

setInterval(() => {
  if (where && monotonic() - lastSign > ORPHANED_MS) leave();
  // A fresh process may see what this one cannot; one that cannot either is said as a crash loop.
  if (isWireLost() && sender.isIdle()) leave();
}, 1_000);
