import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Keeps one core busy, or with the path of a file the disk, until it is ended or its parent is gone. */
const [, , path] = process.argv;
const CHUNK = Buffer.alloc(4 * 1024 * 1024, 'x');
const CHUNKS = 16;
process.on('disconnect', () => process.exit(0));

if (path === undefined) spin();
else write(openSync(path, 'w'), 0);

/** In slices, so that it hears when its parent is gone. */
function spin(): void {
  const end = performance.now() + 500;
  while (performance.now() < end);
  setImmediate(spin);
}

function write(fd: number, chunk: number): void {
  try {
    writeSync(fd, CHUNK, 0, CHUNK.length, (chunk % CHUNKS) * CHUNK.length);
    fsyncSync(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  setImmediate(() => write(fd, chunk + 1));
}
