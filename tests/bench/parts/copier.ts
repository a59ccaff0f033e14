import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Copies a file over and over until it is ended, as a backup program would once. */
const [, , from = '', to = ''] = process.argv;
process.on('disconnect', () => process.exit(0));
for (;;) await pipeline(createReadStream(from), createWriteStream(to));
