import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findProgram } from '../../tools/bound-process.ts';
import { openDesktop } from '../../tools/desktop.ts';
import { isBlank } from '../../tools/picture.ts';

const here =
  findProgram('Xvfb') !== null && findProgram('dbus-daemon') !== null && findProgram('xdotool') !== null;

test.runIf(here)(
  'where there is nothing, a display and a bus are started, for us alone, and ended',
  async () => {
    const desktop = await openDesktop({ PATH: process.env.PATH });
    const env = { PATH: process.env.PATH, ...desktop.env };
    const ask = (withEnv: NodeJS.ProcessEnv) =>
      spawnSync('xdotool', ['getdisplaygeometry'], { env: withEnv, encoding: 'utf8' });
    try {
      expect(ask(env).stdout.trim()).toBe('1600 1000');
      expect(ask({ ...env, XAUTHORITY: '/dev/null' }).status).not.toBe(0);
      expect(desktop.env.DBUS_SESSION_BUS_ADDRESS).toMatch(/^unix:path=/u);
      const picture = await desktop.display?.look();
      expect(picture).toMatchObject({ width: 1600, height: 1000 });
      expect(picture !== undefined && isBlank(picture)).toBe(true);
    } finally {
      await desktop.stop();
    }
    expect(ask(env).status).not.toBe(0);
  },
);

test('a desktop that is there is used as it is', async () => {
  const desktop = await openDesktop({ DISPLAY: ':1', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/there' });
  expect(desktop.env).toEqual({});
  expect(desktop.display).toBeNull();
  await desktop.stop();
});
