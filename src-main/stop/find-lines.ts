import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Every line of a file that contains one of `needles`, in file order. Reads a megabyte at a time and looks at bytes only, so that a journal
 * of a million posts neither fills the memory nor keeps the event loop for long. A file that cannot be read has no lines.
 */
export async function* findLines(path: string, needles: readonly string[]): AsyncGenerator<string> {
  const wanted = needles.map((needle) => Buffer.from(needle));
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return;
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(LINE_FEED) + 1;
      yield* linesWith(bytes.subarray(0, end), wanted);
      rest = bytes.subarray(end);
    }
  } finally {
    await file.close();
  }
}

function* linesWith(bytes: Buffer, wanted: readonly Buffer[]): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const found = wanted.map((needle) => bytes.indexOf(needle, from)).filter((at) => at >= 0);
    if (found.length === 0) return;
    const at = Math.min(...found);
    const start = bytes.lastIndexOf(LINE_FEED, at) + 1;
    const end = bytes.indexOf(LINE_FEED, at);
    yield bytes.toString('utf8', start, end);
    from = end + 1;
  }
}
