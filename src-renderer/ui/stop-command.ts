/** Where the data lies when nothing else was said, on Linux, macOS and Windows. */
const DEFAULT_DIR =
  /^(?:\/home\/[^/]+|\/root)\/\.config\/all-stop$|\/Library\/Application Support\/All Stop$|\\AppData\\Roaming\\All Stop$/u;

/** The command that stops everything from a terminal in the folder of All Stop. `dataDir`: as in the settings. */
export function stopCommand(dataDir: string): string {
  const command = 'npm run -s allstop -- stop';
  if (dataDir === '' || DEFAULT_DIR.test(dataDir)) return command;
  const isPlain = /^[\w./:\\~+@-]+$/u.test(dataDir);
  return `${command} --data-dir=${isPlain ? dataDir : `"${dataDir}"`}`;
}
