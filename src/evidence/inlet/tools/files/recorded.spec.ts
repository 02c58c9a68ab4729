import { readOutput } from '../../../../../test/support/inlet-outputs';
import type { Submission } from '../../reading/submission';

/* What the tools of Debian 12 said when they were run on a few files and then damaged, shortened. */

const UTC = { sourceTimeZone: 'UTC' };

const STATUS = (rows: string): string =>
  [
    'Collection Status',
    'Chain start time: Thu Nov 26 08:05:48 2026',
    'Number of contained backup sets: 2',
    ' Type of backup set:                            Time:      Num volumes:',
    rows,
    '-------------------------',
    'No orphaned or incomplete backup sets found.',
  ].join('\n');
const INCREMENTAL = '         Incremental         Thu Nov 26 08:05:49 2026                 1';

describe('duplicity 0.8.22', () => {
  it('lists an increment whose full backup is lost as nothing that can be restored', () => {
    const { records, flags } = readOutput(STATUS(INCREMENTAL), UTC);
    expect(records).toEqual([expect.objectContaining({ outcome: 'FAILED', recoveryPointAt: null })]);
    expect(flags).toContain('INCOMPLETE_SET');
  });

  it('lists it as a recovery point behind its full backup', () => {
    const full = '                Full         Thu Nov 26 08:05:48 2026                 1';
    const { records } = readOutput(STATUS(`${full}\n${INCREMENTAL}`), UTC);
    expect(records.map(({ outcome, runKey }) => [outcome, runKey])).toEqual([
      ['PASSED', 'duplicity:full:20261126T080548Z'],
      ['PASSED', 'duplicity:inc:20261126T080549Z'],
    ]);
  });

  it('finds nothing in a store that is not there, and says so with exit code 0', () => {
    const stdout =
      'Collection Status\nNo backup chains with active signatures found\nNo orphaned or incomplete backup sets found.\n';
    expect(readOutput(stdout)).toMatchObject({ records: [], flags: ['EMPTY_INVENTORY'] });
  });

  it.each([
    ['duplicity --archive-dir /c file:///store /target', 'RESTORE_TEST'],
    ['duplicity restore file:///store /target', 'RESTORE_TEST'],
  ])('restores by %s', (command, kind) => {
    const stdout = 'Local and Remote metadata are synchronized, no sync needed.\n';
    expect(readOutput(stdout, { command }).records[0]).toMatchObject({ kind, outcome: 'PASSED', strength: 'RESTORED' });
  });

  it('tells a file that lives on from one that is damaged', () => {
    const differs =
      'Difference found: File docs/f1 has mtime X, expected Y\nVerify complete: 7 files compared, 1 difference found.\n';
    expect(readOutput(differs, { exitCode: 1 })).toMatchObject({
      records: [{ outcome: 'FAILED' }],
      flags: ['SOURCE_CHANGED'],
    });
    const stderr = Buffer.from('Invalid data - SHA1 hash mismatch for file:\n duplicity-full.vol1.difftar.gz\n');
    const damaged = readOutput('', { command: 'duplicity verify file:///store /srv', exitCode: 21, stderr });
    expect(damaged).toMatchObject({ records: [{ outcome: 'FAILED' }], flags: ['DAMAGE_FOUND'] });
  });
});

describe('rdiff-backup 2.2.2', () => {
  it('does not make a run partial by calling its command line deprecated', () => {
    const stdout = [
      '--------------[ Session statistics ]--------------',
      'StartTime 1795680358.00 (Thu Nov 26 08:05:58 2026)',
      'EndTime 1795680359.08 (Thu Nov 26 08:05:59 2026)',
      'SourceFileSize 180021 (176 KB)',
      'Errors 0',
      '--------------------------------------------------',
    ].join('\n');
    const stderr = Buffer.from('WARNING: this command line interface is deprecated and will disappear\n');
    expect(readOutput(stdout, { stderr }).records[0]).toMatchObject({ outcome: 'PASSED', sizeBytes: 180_021n });
  });

  it('lists increments with their sizes, which are of the differences', () => {
    const stdout = [
      '          Time                 Size         Cumulative size ',
      '------------------------ ----------------- -----------------',
      'Thu Nov 26 08:05:55 2026          69 bytes            188 KB',
      'Thu Nov 26 08:05:56 2026            188 KB            188 KB  (current mirror)',
    ].join('\n');
    expect(readOutput(stdout, UTC).records.map(({ runKey, sizeBytes }) => [runKey, sizeBytes])).toEqual([
      ['rdiff-backup:1795680355', null],
      ['rdiff-backup:1795680356', null],
    ]);
  });

  it('finds a damaged file', () => {
    const stderr = Buffer.from(
      "ERROR:   Computed SHA1 digest of file docs/f2\n         'd0b5' doesn't match recorded\n         digest of 'ef44'.\n",
    );
    const { records, flags } = readOutput('', { command: 'rdiff-backup verify /repo', exitCode: 4, stderr });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['DAMAGE_FOUND']]);
  });
});

describe('BorgBackup 1.2.4 and borgmatic 1.7.7', () => {
  const block = (repository: string, id: string): string =>
    [
      `Repository: ${repository}`,
      'Archive name: vm-1',
      `Archive fingerprint: ${id.repeat(64)}`,
      'Time (start): Thu, 2026-11-26 08:06:21',
      'Time (end):   Thu, 2026-11-26 08:06:22',
      'Number of files: 8',
    ].join('\n');

  it('report for people: local times, no exact size', () => {
    const { records, tool } = readOutput('', { ...UTC, stderr: Buffer.from(block('/m1', 'c')) });
    expect(tool).toBe('borg');
    expect(records[0]).toMatchObject({ outcome: 'PASSED', dataset: 'vm-1', location: '/m1', sizeBytes: null });
    expect(records[0]?.recoveryPointAt?.toISOString()).toBe('2026-11-26T08:06:21.000Z');
  });

  it('have one archive a repository, and a failure for the repository that is gone', () => {
    const stdout = `/m1: Creating archive\n${block('/m1', 'c')}\n/m2: Creating archive\nRepository /m2 does not exist.\n`;
    const { records, tool } = readOutput(stdout, { ...UTC, command: 'borgmatic create -v 1 --stats', exitCode: 1 });
    expect(tool).toBe('borgmatic');
    expect(records.map(({ outcome, location }) => [outcome, location])).toEqual([
      ['PARTIAL', '/m1'],
      ['FAILED', null],
    ]);
  });

  it('ask about a repository that was moved without leaving anything out', () => {
    const stderr = Buffer.from(
      `Warning: The repository at location /b was previously located at /a\n${block('/b', 'd')}`,
    );
    expect(readOutput('', { ...UTC, stderr }).records[0]?.outcome).toBe('PASSED');
  });
});

describe('both channels sent as one', () => {
  const merged = { command: null, exitCode: null };

  it('hold the warnings of a borg backup', () => {
    const stdout = [
      "nosuch: [Errno 2] No such file or directory: 'nosuch'",
      'A src/ERROR: old.log',
      'Archive name: n5',
      `Archive fingerprint: ${'a'.repeat(64)}`,
      'Time (start): Thu, 2026-11-26 20:09:04',
    ].join('\n');
    const { records, flags } = readOutput(stdout, { ...UTC, ...merged });
    expect(records[0]).toMatchObject({ outcome: 'PARTIAL', errorCount: 1 });
    expect(flags).toContain('STDERR_WARNING');
  });

  it('hold the JSON of a borg backup among its warnings', () => {
    const json = {
      archive: { id: 'b'.repeat(64), start: '2026-11-26T20:09:04.000000' },
      repository: { location: '/r' },
    };
    const stdout = `nosuch: [Errno 2] No such file or directory: 'nosuch'\n${JSON.stringify(json, null, 4)}\n`;
    const { records, flags } = readOutput(stdout, { ...UTC, ...merged });
    expect(records[0]).toMatchObject({ outcome: 'PARTIAL', runKey: `borg:${'b'.repeat(64)}` });
    expect(flags).toEqual(expect.arrayContaining(['MIXED_OUTPUT', 'STDERR_WARNING']));
  });

  it.each([
    'Starting repository check\nFinished full repository check, errors found.\n',
    'Starting repository check\nStarting archive consistency check...\nArchive consistency check complete, problems found.\n',
  ])('tell of the damage that a check of borg found: %j', (stdout) => {
    const { records, flags } = readOutput(stdout, merged);
    expect(records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'FAILED' });
    expect(flags).toContain('DAMAGE_FOUND');
  });

  it('tell of the damage that rdiff-backup found', () => {
    const stdout = "WARNING: Computed SHA1 digest of file f3 '063f' doesn't match recorded digest of 'ef44'.\n";
    expect(readOutput(stdout, merged).records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'FAILED' });
  });
});

describe('a run that only tried', () => {
  const statistics = (stored: number): string =>
    `Last full backup date: none\n--------------[ Backup Statistics ]--------------\nStartTime 1795724608.07 (x)\nEndTime 1795724608.07 (x)\nTotalDestinationSizeChange ${stored} (x)\nErrors 0\n-------------------------------------------------\n`;

  it.each([
    ['duplicity', statistics(110), 'duplicity --dry-run /srv file:///store'],
    ['duplicity', statistics(0), null],
    ['rsnapshot', '/usr/bin/rsync -a /srv/ /snap/daily.0/local/ \ntouch /snap/daily.0/ \n', 'rsnapshot -t daily'],
    ['restic', 'Would add to the repository: 0 B   (0 B   stored)\n', null],
    ['restic', '', 'restic backup --dry-run -q /srv'],
  ])('is no backup: %s %#', (tool, stdout, command) => {
    const { records, flags } = readOutput(stdout, { tool, command, exitCode: 0 });
    expect([records, flags]).toEqual([[], expect.arrayContaining(['DRY_RUN'])]);
  });

  it('is not told by an option of another program before it', () => {
    const command = 'nice -n 19 borg extract /r::n6';
    expect(readOutput('', { command, exitCode: 0 }).records[0]).toMatchObject({ kind: 'RESTORE_TEST' });
  });
});

describe('a run that was told to be quiet', () => {
  it.each([
    'restic backup -q /srv',
    'borg create /r::n4 /srv',
    'rsnapshot -c /etc/rs.conf daily',
    'rdiff-backup backup /srv /rd',
  ])('is a backup of which only its exit code speaks: %s', (command) => {
    const startedAt = new Date('2026-11-26T20:09:03Z');
    const { records, flags } = readOutput('', { command, exitCode: 0, startedAt });
    expect(records).toEqual([expect.objectContaining({ outcome: 'PASSED', recoveryPointAt: startedAt })]);
    expect(flags).toContain('NO_SUMMARY');
  });

  it.each(['restic backup --json /srv', 'borg create --stats /r::n4 /srv', 'pgbackrest --stanza=main restore'])(
    'is none when it should have spoken: %s',
    (command) => {
      expect(outcomesOf('', { command, exitCode: 0 })).not.toContain('PASSED');
    },
  );
});

it('borgmatic without statistics says that it is done, and tries when it is told to', () => {
  const log = (what: string): string => `/r: ${what}\n\nsummary:\nb.yaml: Successfully ran configuration file\n`;
  const done = readOutput(log('Creating archive'), { command: 'borgmatic -v 1 create' });
  const tried = readOutput(log('Creating archive (dry run; not making any changes)'), { command: 'borgmatic create' });
  expect([done.records[0]?.outcome, tried.records, tried.flags]).toEqual(['PASSED', [], ['DRY_RUN']]);
});

describe('what stands in the store, as people read it', () => {
  const id = 'c'.repeat(64);

  it('is listed by borg with its id', () => {
    const row = `業務 n1                               Thu, 2026-11-26 20:09:03 [${id}]\n`;
    const { records } = readOutput(row, { ...UTC, command: null });
    expect(records).toEqual([
      expect.objectContaining({ strength: 'LISTED', dataset: '業務 n1', runKey: `borg:${id}` }),
    ]);
  });

  it('is shown by borg info, which is no run', () => {
    const shown = `Archive name: n1\nArchive fingerprint: ${id}\nHostname: vm\nTime (start): Thu, 2026-11-26 20:09:03\n`;
    expect(readOutput(shown, { ...UTC, command: null }).records[0]).toMatchObject({ strength: 'LISTED' });
  });

  it('is listed by rdiff-backup in seconds', () => {
    const { records } = readOutput('1795724609 directory\n1795724700 directory\n', { command: null });
    expect(records.map(({ runKey }) => runKey)).toEqual(['rdiff-backup:1795724609', 'rdiff-backup:1795724700']);
  });
});

it('rsnapshot ends without sums of rsync when it is not asked for them', () => {
  const stdout = '/usr/bin/rsync -a \\\n    /srv/ /snap/daily.0/local/ \n';
  const closed = `${stdout}touch /snap/daily.0/ \n`;
  const outcomes = [closed, stdout].map(
    (text) => readOutput(text, { command: 'rsnapshot -v daily', exitCode: 0 }).records[0]?.outcome,
  );
  expect(outcomes).toEqual(['PASSED', 'FAILED']);
});

it('duplicity that prunes its store is no failed backup', () => {
  const stdout = 'Last full backup date: Thu Nov 26 20:23:22 2026\nNo old backup sets found, nothing deleted.\n';
  const command = 'duplicity remove-all-but-n-full 1 file:///store';
  expect(readOutput(stdout, { command, exitCode: 0 }).records).toEqual([]);
});

/** The outcomes of what is read; none of what is refused. */
function outcomesOf(stdout: string, changes: Partial<Submission>): string[] {
  try {
    return readOutput(stdout, changes).records.map(({ outcome }) => outcome);
  } catch {
    return [];
  }
}
