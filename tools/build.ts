import { ensureBuilt } from './bundle.ts';
import { failWith } from './project.ts';

try {
  await ensureBuilt({ say: (line) => console.log(line) });
  console.log('Built into out/.');
} catch (fault) {
  failWith(fault);
}
