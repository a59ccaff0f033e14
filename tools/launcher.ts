const main = `'use strict';
// Makes \`electron <app folder>\` work on a runtime that was packed without Electron's own launcher.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('Give the folder of an app: electron <folder>\\n');
  app.exit(1);
} else {
  const home = resolve(folder);
  const { main, name, productName, version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(productName ?? name);
  app.setVersion(version);
  app.setAppPath(home);
  require(join(home, main ?? 'index.js'));
}
`;

/** The files of `resources/app` in a runtime of ours, by name. */
export const launcherFiles: Readonly<Record<string, string>> = {
  'main.js': main,
  'package.json': `${JSON.stringify({ name: 'all-stop-launcher', main: 'main.js' })}\n`,
};
