import { _electron, type ElectronApplication, errors } from 'playwright-core';

type Options = NonNullable<Parameters<typeof _electron.launch>[0]>;

/**
 * Once in some hundred starts on a busy machine the test's own end never learns that the app is up. It is started again then, once,
 * and that is said; `beforeAgain` clears what the first start left.
 */
export async function launchElectron(options: Options, beforeAgain = () => {}): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: 25_000 });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    process.stderr.write(`Electron was started again: ${error.message.split('\n')[0]}\n`);
    beforeAgain();
    return _electron.launch({ ...options, timeout: 60_000 });
  }
}
