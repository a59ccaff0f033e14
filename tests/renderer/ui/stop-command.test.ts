import { describe, expect, it } from 'vitest';
import { stopCommand } from '../../../src-renderer/ui/stop-command.ts';

describe('the command that stops everything', () => {
  it('is short where the data lie in the usual place', () => {
    for (const dir of [
      '/home/camille/.config/all-stop',
      '/Users/camille/Library/Application Support/All Stop',
      'C:\\Users\\camille\\AppData\\Roaming\\All Stop',
    ])
      expect(stopCommand(dir)).toBe('npm run -s allstop -- stop');
  });

  it('names any other folder, in quotes where it has a space', () => {
    expect(stopCommand('/srv/desk')).toBe('npm run -s allstop -- stop --data-dir=/srv/desk');
    expect(stopCommand('/srv/my desk')).toBe('npm run -s allstop -- stop --data-dir="/srv/my desk"');
  });
});
