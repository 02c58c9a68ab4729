import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';
import type { Submission } from '../../reading/submission';

/* What borgmatic 1.9.14 of Debian 13 said of two repositories, shortened. */

const UTC = { sourceTimeZone: 'UTC' };
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const toldOn = (stderr: string): Partial<Submission> => ({ stderr: Buffer.from(stderr) });
const ENDED = ['', 'summary:', 'Successfully ran configuration file'];
const archive = (repository: string, id: string): string[] => [
  `Repository: ${repository}`,
  'Archive name: vm-1',
  `Archive fingerprint: ${id.repeat(64)}`,
  'Time (start): Sun, 2026-11-22 01:20:30',
];
const CHECK = [
  'first: Running consistency checks',
  'Starting repository check',
  'Finished full repository check, no problems found.',
  'Starting archive consistency check...',
  'Archive consistency check complete, no problems found.',
];
const GONE = lines(
  'Repository /m2 does not exist.',
  'second: Error running actions for repository',
  "second: Command 'borg' returned non-zero exit status 13.",
  '/etc/c.yaml: An error occurred',
);

describe('a run of borgmatic', () => {
  it.each(['borgmatic create', 'borgmatic -c c.yaml', 'borgmatic prune create check'])(
    'is a backup of which only its exit code speaks: %s',
    (command) => {
      const { records, flags } = readOutput('', { command, exitCode: 0 });
      expect([records[0]?.kind, records[0]?.outcome, flags]).toEqual(['BACKUP', 'PASSED', ['NO_SUMMARY']]);
    },
  );

  it.each(['borgmatic create --json', 'borgmatic create --stats'])(
    'is none when it should have spoken: %s',
    (command) => {
      expect(refusalOf('', { command, exitCode: 0 }).code).toBe('NOT_PARSEABLE');
    },
  );

  it('has its JSON behind what it says with -v', () => {
    const made = {
      archive: { id: 'a'.repeat(64), start: '2026-11-22T01:20:28.000000' },
      repository: { location: '/m1' },
    };
    const stdout = lines('first: Creating archive', JSON.stringify([made]), ...ENDED);
    const { records, flags } = readOutput(stdout, { ...UTC, command: 'borgmatic create --json -v 1' });
    expect(records).toMatchObject([{ outcome: 'PASSED', runKey: `borg:${'a'.repeat(64)}`, location: '/m1' }]);
    expect(flags).toContain('MIXED_OUTPUT');
  });

  it('passes on what borg says of each archive, and no more without -v', () => {
    const stdout = lines(...archive('/m1', 'a'), ...archive('/m2', 'b'));
    const read = readOutput(stdout, { ...UTC, command: 'borgmatic create --stats' });
    expect([read.tool, ...read.records.map(({ location }) => location)]).toEqual(['borgmatic', '/m1', '/m2']);
    expect(readOutput(stdout, { ...UTC, command: null }).records.map(({ location }) => location)).toEqual([
      '/m1',
      '/m2',
    ]);
  });

  it('checks behind its backup, which is another thing that it did', () => {
    const stdout = lines('first: Creating archive', ...archive('/m1', 'a'), ...CHECK, ...ENDED);
    const { records } = readOutput(stdout, { ...UTC, command: 'borgmatic -v 1 --stats' });
    expect(records.map(({ kind, outcome, runKey }) => [kind, outcome, runKey])).toEqual([
      ['BACKUP', 'PASSED', `borg:${'a'.repeat(64)}`],
      ['VERIFICATION', 'PASSED', 'rid:run-1/check'],
    ]);
  });

  it('fails in one repository, though nobody knows its exit code', () => {
    const begun = ['first: Creating archive', ...archive('/m1', 'a'), 'second: Creating archive'];
    const outcomes = (stdout: string): string[] =>
      readOutput(stdout, { ...UTC, command: null, exitCode: null }).records.map(({ outcome }) => outcome);
    expect(outcomes(lines(...begun, GONE))).toEqual(['PARTIAL', 'FAILED']);
    expect(outcomes(lines(...begun))).toEqual(['PARTIAL']);
    expect(outcomes(lines(...begun, ...ENDED))).toEqual(['PASSED']);
  });
});

describe('a check of borgmatic', () => {
  const check = 'borgmatic check -v 1';

  it.each([
    'first: Skipping repository check due to configured frequency; 13 days until next check (use --force to check anyway)',
    'first: The "disabled" value for the "checks" option is deprecated',
  ])('that was not due has verified nothing: %s', (why) => {
    const stdout = lines('first: Running consistency checks', why, ...ENDED);
    for (const command of [check, null]) {
      const { records, flags } = readOutput(stdout, { command, exitCode: 0 });
      expect(records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'PARTIAL', coverage: 0 });
      expect(flags).toEqual(['NOTHING_VERIFIED']);
    }
  });

  it('does not say without -v whether it was due', () => {
    const { records, flags } = readOutput('', { command: 'borgmatic check', exitCode: 0 });
    expect([records[0]?.outcome, flags]).toEqual(['PASSED', ['NO_SUMMARY']]);
  });

  it('did not come to a repository that is gone', () => {
    const stdout = lines(...CHECK, 'second: Running consistency checks');
    const { records, flags } = readOutput(stdout, { command: check, exitCode: 1, ...toldOn(GONE) });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['TOOL_FAILED']]);
    expect(readOutput(stdout + GONE, { command: check, exitCode: null }).records[0]?.outcome).toBe('FAILED');
    expect(refusalOf(stdout, { command: check, exitCode: null }).code).toBe('TRUNCATED');
  });

  it('has not ended where it says that it begins and no more', () => {
    for (const stdout of [lines(...CHECK), 'first: Running consistency checks\n'])
      expect(refusalOf(stdout, { command: check, exitCode: 0 }).code).toBe('TRUNCATED');
    expect(refusalOf('first: Runn', { command: check, exitCode: 0 }).code).toBe('NOT_PARSEABLE');
  });

  it('of the last archives is one of a part', () => {
    const some = 'Orphaned objects check skipped (needs all archives checked).';
    const { records, flags } = readOutput(lines(...CHECK, some, ...ENDED), { command: check });
    expect([records[0]?.outcome, flags]).toEqual(['PASSED', ['COVERAGE_PARTIAL']]);
  });
});

describe('the archives that borgmatic shows', () => {
  const row = (name: string, id: string): string =>
    `${name}                        Sun, 2026-11-22 01:20:23 [${id.repeat(64)}]`;

  it.each(['borgmatic repo-list -v 1', 'borgmatic rlist', null])('are listed by repository: %s', (command) => {
    const stdout = lines(
      'first: Listing repository',
      row('a', 'a'),
      'second: Listing repository',
      row('b', 'b'),
      ...ENDED,
    );
    expect(readOutput(stdout, { ...UTC, command }).records.map(({ dataset, strength }) => [dataset, strength])).toEqual(
      [
        ['a', 'LISTED'],
        ['b', 'LISTED'],
      ],
    );
  });

  it.each(['borgmatic info', null])('are no run: %s', (command) => {
    const shown = [...archive('/m1', 'a').slice(1), 'Hostname: vm'];
    const stdout = lines(
      'first: Displaying archive summary information',
      ...shown,
      ...shown.map((line) => line.replaceAll('a'.repeat(64), 'b'.repeat(64))),
    );
    expect(readOutput(stdout, { ...UTC, command }).records.map(({ strength }) => strength)).toEqual([
      'LISTED',
      'LISTED',
    ]);
  });

  it('could not be listed where a repository is gone', () => {
    const told = toldOn(GONE);
    expect(refusalOf('', { command: 'borgmatic repo-list --json', exitCode: 1, ...told }).code).toBe('TOOL_FAILED');
  });
});

it.each([
  'borgmatic prune --list',
  'borgmatic repo-create -e repokey',
  'borgmatic config validate',
  'borgmatic --version',
])('proves nothing: %s', (command) => {
  for (const exitCode of [0, 1]) expect(readOutput('', { command, exitCode }).records).toEqual([]);
});
