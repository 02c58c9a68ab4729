import { CommandLine } from './command-line';

const VERBS = ['backup', 'check', 'restore'] as const;

describe('the verb of a command', () => {
  it.each([
    ['restic backup /srv', 'backup'],
    ['restic -v backup /srv/check', 'backup'],
    ['restic --repo check backup /srv', 'backup'],
    ['restic -r restore --password-file check backup /srv', 'backup'],
    ['sudo -u backup restic --repo=/check check', 'check'],
    ['sh -c "restic --cache-dir backup restore latest --target /"', 'restore'],
    ['restic --repo backup', null],
    ['restic -p backup', 'backup'],
    ['restic', null],
  ])('of %s is %s', (command, verb) => {
    expect(new CommandLine(command).verbOf('restic', VERBS)).toBe(verb);
  });
});
