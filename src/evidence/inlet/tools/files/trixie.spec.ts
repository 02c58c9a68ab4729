import { readOutput } from '../../../../../test/support/inlet-outputs';
import type { Submission } from '../../reading/submission';

/* What rdiff-backup and rsnapshot of Debian 13 said when they were run on a few files and then damaged, shortened. */

const toldOn = (stderr: string): Partial<Submission> => ({ stderr: Buffer.from(stderr) });

describe('rdiff-backup 2.2.6', () => {
  const BEGINS = 'NOTE:    Starting backup operation from source path src to destination path\n         repo\n';
  const UNREADABLE = "WARNING: ListError: 'src/secret' [Errno 13] Permission denied: b'src/secret'\n";
  const backup = 'rdiff-backup --api-version 201 backup src repo';

  it('says of a backup without statistics where it goes, in as many lines as that takes', () => {
    const { records, flags } = readOutput(BEGINS, { command: backup, exitCode: 0 });
    expect([records[0]?.outcome, flags]).toEqual(['PASSED', ['NO_SUMMARY']]);
  });

  it('leaves a file out though it ends well', () => {
    const { records, flags } = readOutput(BEGINS, { command: backup, exitCode: 0, ...toldOn(UNREADABLE) });
    expect(records[0]).toMatchObject({ outcome: 'PARTIAL', errorCount: 1 });
    expect(flags).toEqual(['NO_SUMMARY', 'STDERR_WARNING']);
  });

  it('has verified all files', () => {
    const stdout = 'NOTE:    All files verified successfully\n';
    for (const command of ['rdiff-backup verify repo', null])
      expect(readOutput(stdout, { command, exitCode: null }).records[0]).toMatchObject({
        kind: 'VERIFICATION',
        outcome: 'PASSED',
        strength: 'DATA_CHECKED',
      });
  });

  it('finds a damaged file, and folds what it says of it', () => {
    const stdout = "ERROR:   Computed SHA1 digest of file docs/a.bin\n         '56e4' doesn't match recorded\n";
    const { records, flags } = readOutput(stdout, { command: null, exitCode: 4 });
    expect(records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'FAILED' });
    expect(flags).toEqual(['DAMAGE_FOUND']);
  });

  it('leaves out of a verification what it keeps no digest of', () => {
    const stdout =
      'NOTE:    Verification found 3 files without hash, all others could be verified\n         successfully\n';
    const stderr =
      'WARNING: Cannot find SHA1 digest for file b.bin, perhaps because this feature\n         was added in v1.1.1\n';
    const changes = { command: 'rdiff-backup verify repo', exitCode: 8 };
    const { records, flags } = readOutput(stdout, { ...changes, ...toldOn(stderr) });
    expect([records[0]?.outcome, flags]).toEqual(['PARTIAL', ['COVERAGE_PARTIAL']]);
    const lost = `WARNING: Could not find mirror metadata file. Metadata will be read from\n         filesystem instead\n${stderr}`;
    const without = readOutput(stdout, { ...changes, ...toldOn(lost) });
    expect([without.records[0]?.outcome, without.flags]).toEqual(['FAILED', ['DAMAGE_FOUND']]);
  });

  it('does not verify what is not there', () => {
    const told = toldOn(
      "ERROR:   Path '/none' couldn't be identified as being within an existing\n         backup repository\n",
    );
    const { records, flags } = readOutput('', { command: 'rdiff-backup verify /none', exitCode: 1, ...told });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['TOOL_FAILED']]);
  });

  it.each([
    ['rdiff-backup -r now repo /r', 'RESTORE_TEST'],
    ['rdiff-backup --restore-as-of=3D repo /r', 'RESTORE_TEST'],
    ['rdiff-backup repo/rdiff-backup-data/increments/f.2026-11-22T10:08:47Z.diff.gz /r', 'RESTORE_TEST'],
    ['rdiff-backup --verify repo', 'VERIFICATION'],
    ['rdiff-backup --compare src repo', undefined],
    ['rdiff-backup --remove-older-than 1Y repo', undefined],
    ['rdiff-backup src repo', 'BACKUP'],
  ])('is told by an option what to do, as of old: %s', (command, kind) => {
    expect(readOutput('', { command, exitCode: 0 }).records[0]?.kind).toBe(kind);
  });

  it('tells of a lock and of warnings where both channels were sent as one', () => {
    const locked =
      'ERROR:   Repository is locked by file repo/rdiff-backup-data/lock.yml, another\n         is probably on-going\n';
    expect(readOutput(locked, { command: backup, exitCode: 1 }).flags).toEqual(['REPO_LOCKED', 'STDERR_WARNING']);
  });
});

describe('rsnapshot 1.5.1', () => {
  const daily = 'rsnapshot -c /etc/rs.conf daily';

  it('without -v says nothing but what it left out', () => {
    const told = toldOn(
      'WARNING: Some files and/or directories in /srv/ only transferred partially during rsync operation\n',
    );
    const { records, flags } = readOutput('', { command: daily, exitCode: 2, ...told });
    expect([records[0]?.outcome, flags]).toEqual(['PARTIAL', ['NO_SUMMARY', 'STDERR_WARNING']]);
  });

  it.each(['rsnapshot weekly', 'rsnapshot -c /etc/rs.conf monthly', 'rsnapshot beta'])(
    'moves older snapshots up in silence, which is no backup: %s',
    (command) => {
      expect(readOutput('', { command, exitCode: 0 }).records).toEqual([]);
      expect(readOutput('', { command: daily, exitCode: 0 }).records).toHaveLength(1);
    },
  );

  it.each(['rsnapshot configtest', 'rsnapshot -c /etc/rs.conf du'])('is asked, and saves nothing: %s', (command) => {
    expect(readOutput('Syntax OK\n', { command, exitCode: 0 }).records).toEqual([]);
  });

  it('has not ended behind the sums of its first source', () => {
    const first = '/usr/bin/rsync -a --stats /srv/ /snap/daily.0/local/ \nTotal file size: 300,010 bytes\n';
    const ends = [first, `${first}touch /snap/daily.0/ \n`].map(
      (stdout) => readOutput(stdout, { command: null, exitCode: null }).records[0]?.outcome,
    );
    expect(ends).toEqual(['FAILED', 'PASSED']);
  });
});
