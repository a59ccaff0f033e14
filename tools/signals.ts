import { readFileSync } from 'node:fs';

/** How long a process may take to end once asked. */
const graceMs = 5_000;
/** `npm` passes on a Ctrl-C that the terminal sent us already: a second one this soon is the same one. */
const sameSignalMs = 1_000;
const lookForNpmEveryMs = 500;

/**
 * Hands the signals that end us to `send`, then SIGKILL when that did not help in time or when asked again. The end of the npm
 * that ran us counts as SIGTERM: killed outright, it could pass nothing on. Returns what takes all of this back.
 */
export function passSignalsTo(send: (signal: NodeJS.Signals) => void): () => void {
  let firstAt: number | null = null;
  let killer: NodeJS.Timeout | undefined;
  const pass = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      send(signal);
      killer = setTimeout(() => send('SIGKILL'), graceMs);
    } else if (now - firstAt > sameSignalMs) send('SIGKILL');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, pass);
  const ancestors = npmAncestors();
  const look = setInterval(() => {
    if (ancestors === npmAncestors()) return;
    clearInterval(look);
    pass('SIGTERM');
  }, lookForNpmEveryMs);
  return () => {
    clearInterval(look);
    clearTimeout(killer);
    for (const signal of signals) process.off(signal, pass);
  };
}

/** The processes between us and npm, itself included; '' where npm did not run us, and then nobody's end matters. */
function npmAncestors(): string {
  if (process.env.npm_lifecycle_event === undefined) return '';
  const parent = process.ppid;
  return isScriptShell(parent) ? `${parent} ${parentOf(parent)}` : String(parent);
}

/** npm puts `sh -c <script>` between itself and us, and not every shell makes way for what it runs. */
function isScriptShell(pid: number): boolean {
  const script = process.env.npm_lifecycle_script;
  return script !== undefined && readProc(pid, 'cmdline').includes(`\0-c\0${script}`);
}

function parentOf(pid: number): string {
  return /^PPid:\s*(\d+)$/m.exec(readProc(pid, 'status'))?.[1] ?? '';
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // Gone, or a system without /proc.
  }
}
