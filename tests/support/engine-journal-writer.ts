import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src-main/stop/journal.ts';

/*
 * Writes a journal in a process of its own. 'for ever': until it is killed, telling each record on stdout once it was appended.
 * 'until full': until the limit on the size of its files, three times more, and once after the limit was lifted.
 */
const [dir = '', how = ''] = process.argv.slice(2);
const journal = openJournal({
  path: join(dir, 'journal.jsonl'),
  headPath: join(dir, 'journal.head'),
  now: Date.now,
  monotonic: () => performance.now(),
});
const event = (number: number) => ({ event: 'post.attempt', details: { number, filling: 'x'.repeat(50) } });

if (how === 'for ever') {
  for (let number = 1; ; number += 1) {
    if (number % 10 === 0) journal.append(event(number));
    else journal.appendSoon([event(number)]);
    writeSync(1, `${number}\n`);
    if (number % 5 === 0) await new Promise((done) => setTimeout(done, 1));
  }
}

let written = 0;
while (journal.append(event(written + 1))) written += 1;
let refused = 1;
for (let more = 0; more < 2; more += 1) if (!journal.appendSoon([event(written + 1)])) refused += 1;
execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
const afterwards = journal.append(event(written + 1));
journal.close();
writeSync(1, JSON.stringify({ written, refused, afterwards }));
