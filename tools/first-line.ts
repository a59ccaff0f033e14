import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

const patienceMs = 20_000;

/** The first line a server writes when it is ready; rejects with a sentence when it ends, or says nothing, before. */
export function firstLine(child: ChildProcess, stream: Readable | null, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stream === null) throw new Error(`${name} was started without a pipe to read from`);
    let text = '';
    const silent = setTimeout(() => reject(new Error(`${name} did not get ready.`)), patienceMs);
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(silent);
      resolve(text.slice(0, end).trim());
    });
    const fail = (reason: string) => {
      clearTimeout(silent);
      reject(new Error(`${name} could not be started (${reason}).`));
    };
    child.once('error', (fault) => fail(fault.message));
    child.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
  });
}
