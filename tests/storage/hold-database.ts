/** Opens the database named by the first argument, adds a brand, says so, and holds it until its input ends. */
import { once } from 'node:events';
import { makeBrand, NOW, openOrThrow } from './sample-posts.ts';

const storage = await openOrThrow(process.argv[2] ?? '', { now: () => NOW });
await makeBrand(storage, { name: 'Second' });
process.stdout.write('open\n');
process.stdin.resume();
await once(process.stdin, 'end');
await storage.close();
