import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLoginStart } from '../../src-main/desktop/login-start.ts';
import { tempDir } from '../support/temp-dir.ts';

const items = {
  getLoginItemSettings: () => ({ openAtLogin: false }),
  setLoginItemSettings: () => {
    throw new Error('not on Linux');
  },
};

test('on Linux a file of the autostart folder starts this very app, hidden, and is gone when switched off', async () => {
  const home = tempDir();
  const login = createLoginStart({
    platform: 'linux',
    env: {},
    home,
    execPath: '/opt/All Stop/electron',
    args: ['/srv/it"s 100% $HOME', '--data-dir=/data/All Stop'],
    items,
  });
  expect(login.isOn()).toBe(false);
  await login.set(true);
  expect(login.isOn()).toBe(true);
  const path = join(home, '.config', 'autostart', 'all-stop.desktop');
  const text = readFileSync(path, 'utf8');
  const exec = /^Exec=(.+)$/mu.exec(text)?.[1] ?? '';
  // As the specification has it: the string of the file first, then the quoting of the command, then the percent sign.
  const command = exec.replaceAll('\\\\', '\\').replaceAll('%%', '%');
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' });
  expect(words.split('\n').slice(0, 4)).toEqual([
    '/opt/All Stop/electron',
    '/srv/it"s 100% $HOME',
    '--data-dir=/data/All Stop',
    '--hidden',
  ]);
  writeFileSync(path, `${text}Hidden=true\n`);
  expect(login.isOn()).toBe(false);
  await login.set(false);
  await login.set(false);
  expect(login.isOn()).toBe(false);
});

test('elsewhere the system keeps its own list', async () => {
  let isOpen = false;
  const asked: unknown[] = [];
  const login = createLoginStart({
    platform: 'darwin',
    env: {},
    home: '/nowhere',
    execPath: '/Applications/All Stop.app',
    args: [],
    items: {
      getLoginItemSettings: () => ({ openAtLogin: isOpen }),
      setLoginItemSettings: (settings) => {
        asked.push(settings);
        isOpen = settings.openAtLogin;
      },
    },
  });
  await login.set(true);
  expect(login.isOn()).toBe(true);
  expect(asked).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
});
