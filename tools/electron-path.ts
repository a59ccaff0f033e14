import { findElectron } from './find-electron.ts';
import { failWith } from './project.ts';

try {
  const electron = await findElectron({ env: process.env, say: (line) => console.error(line) });
  await electron.prepare();
  console.log(electron.path);
} catch (fault) {
  failWith(fault);
}
