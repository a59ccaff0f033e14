import { findElectron } from './find-electron.ts';
import { failWith } from './project.ts';

try {
  const { path } = await findElectron({ env: process.env, say: (line) => console.error(line) });
  console.log(path);
} catch (fault) {
  failWith(fault);
}
