import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';
import type { Submission } from '../../reading/submission';

/* What borg of Debian 13 said when it was run on a few files and then damaged, shortened. */

const UTC = { sourceTimeZone: 'UTC' };
const ID = 'c'.repeat(64);
const toldOn = (stderr: string): Partial<Submission> => ({ stderr: Buffer.from(stderr) });
const logged = (levelname: string, message: string): string =>
  `${JSON.stringify({ type: 'log_message', time: 1795914212.4, message, levelname, name: 'borg.archiver' })}\n`;

describe('borg create 1.4.0', () => {
  it.each(['borg create --dry-run ::a src', 'borg create -n --list ::a src', 'borg create --dry-run --json ::a src'])(
    'that only tried is no backup: %s',
    (command) => {
      const { records, flags } = readOutput('', { command, exitCode: 0, ...toldOn('- src\n- src/b.bin\n') });
      expect([records, flags]).toEqual([[], ['DRY_RUN']]);
    },
  );

  it.each([
    ['-v', 'Creating archive at "/repo::a12"\n'],
    ['--list', 'A src/b.bin\nd src\n'],
  ])('is a backup of which its exit code speaks when it was asked for no more than %s', (option, stderr) => {
    const read = readOutput('', { command: `borg create ${option} ::a12 src`, exitCode: 0, ...toldOn(stderr) });
    expect([read.records[0]?.outcome, read.flags]).toEqual(['PASSED', ['NO_SUMMARY']]);
  });

  it('is what its JSON says, whatever it was asked for', () => {
    const created = {
      archive: { id: ID, name: 'a', start: '2026-11-23T01:01:16.000000', stats: { original_size: 5 } },
      repository: { location: '/repo' },
    };
    const { records } = readOutput(created, { ...UTC, command: 'borg create ::a src' });
    expect(records[0]).toMatchObject({ runKey: `borg:${ID}`, sizeBytes: 5n });
  });

  it('tells that it failed where nobody knows its exit code', () => {
    const stdout = logged('ERROR', 'Failed to create/acquire the lock /repo/lock.exclusive (timeout).');
    expect(readOutput(stdout, { command: null, exitCode: null }).records[0]).toMatchObject({ outcome: 'FAILED' });
  });

  it.each([
    ['borg create --json ::a src', 2],
    ['borg check -v', 2],
    ['borg extract --dry-run ::a', 2],
  ])('waits for a lock, which is told on either channel: %s', (command, exitCode) => {
    const stdout = 'Failed to create/acquire the lock /repo/lock.exclusive (timeout).\n';
    expect(readOutput(stdout, { command, exitCode }).flags).toContain('REPO_LOCKED');
  });
});

describe('borg check 1.4.0', () => {
  const HALF = [
    'Starting repository check',
    'finished segment check at segment 9',
    'Finished full repository check, no problems found.',
    'Starting archive consistency check...',
    '',
  ].join('\n');

  it('has not passed when the second of its parts has no end', () => {
    const { records, flags } = readOutput(HALF, { exitCode: null });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['EXIT_CODE_MISSING', 'NO_SUMMARY']]);
    const ended = `${HALF}Archive consistency check complete, no problems found.\n`;
    expect(readOutput(ended, { exitCode: null }).records[0]?.outcome).toBe('PASSED');
  });

  it('breaks off where the key of the repository is damaged', () => {
    const stderr = `${HALF}Invalid key data for repository /repo found in (repokey).\n`;
    const { records, flags } = readOutput('', { command: 'borg check -v', exitCode: 2, ...toldOn(stderr) });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['DAMAGE_FOUND', 'TOOL_FAILED']]);
  });

  it('has found no damage with a wrong passphrase, as text or as JSON', () => {
    const wrong = 'passphrase supplied in BORG_PASSPHRASE, by BORG_PASSCOMMAND or via BORG_PASSPHRASE_FD is incorrect.';
    for (const stderr of [`${HALF}${wrong}\n`, logged('INFO', 'Starting repository check') + logged('ERROR', wrong)]) {
      const { records, flags } = readOutput('', { command: 'borg check -v', exitCode: 2, ...toldOn(stderr) });
      expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['TOOL_FAILED']]);
    }
  });

  it('does not fail by finding damage, though it says no more than that', () => {
    const stderr = 'Data integrity error: Segment entry checksum mismatch [segment 2, offset 8]\n';
    const { records, flags } = readOutput('', { command: 'borg check', exitCode: 1, ...toldOn(stderr) });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['DAMAGE_FOUND']]);
  });

  it('of some minutes has read a part, and nobody knows how large', () => {
    const log = [
      'Starting repository check',
      'Finished partial segment check at segment 5',
      'Finished partial repository check, no problems found.',
    ].join('\n');
    const { records, flags } = readOutput(log, { exitCode: 0 });
    expect(records[0]).toMatchObject({ outcome: 'PASSED', coverage: 0 });
    expect(flags).toContain('COVERAGE_PARTIAL');
  });
});

it('borg extract 1.4.0 finds the damage that it cannot read over', () => {
  const stderr = 'Data integrity error: Segment entry checksum mismatch [segment 2, offset 8]\n';
  const { records, flags } = readOutput('', { command: 'borg extract ::a1', exitCode: 2, ...toldOn(stderr) });
  expect(records[0]).toMatchObject({ kind: 'RESTORE_TEST', outcome: 'FAILED' });
  expect(flags).toContain('DAMAGE_FOUND');
});

describe('borg info 1.4.0', () => {
  const shown = (name: string, id: string): string =>
    `Archive name: ${name}\nArchive fingerprint: ${id.repeat(64)}\nHostname: vm\nTime (start): Sun, 2026-11-22 01:01:22\n`;

  it('shows one archive behind the other', () => {
    const { records } = readOutput(`${shown('a17', 'a')}\n${shown('std', 'b')}`, {
      ...UTC,
      command: 'borg info --last 2',
    });
    expect(records.map(({ dataset, strength }) => [dataset, strength])).toEqual([
      ['a17', 'LISTED'],
      ['std', 'LISTED'],
    ]);
  });

  it('shows what an interrupted run has left, which is no recovery point', () => {
    const { records, flags } = readOutput(shown('int3.checkpoint', 'a'), {
      ...UTC,
      command: 'borg info ::int3.checkpoint',
    });
    expect([records, flags]).toEqual([[], ['CHECKPOINT_SKIPPED', 'SOURCE_TZ_USED']]);
  });

  it('says of a repository nothing that proves a backup', () => {
    const stdout = `Repository ID: ${ID}\nLocation: /repo\nEncrypted: Yes (repokey)\n`;
    expect(readOutput(stdout, { command: 'borg info' }).records).toEqual([]);
    expect(refusalOf('/repo\n', { command: 'borg info' }).code).toBe('NOT_PARSEABLE');
  });
});

it('borg list 1.4.0 lists behind its warnings where both channels were sent as one', () => {
  const list = {
    archives: [{ name: 'a', id: ID, start: '2026-11-22T01:20:23.000000' }],
    repository: { location: '/r' },
  };
  const stdout = `Killed stale lock vm@3281355014145.2728-0.\n${JSON.stringify(list, null, 4)}\n`;
  for (const command of ['borg list --json', null]) {
    const { records, flags } = readOutput(stdout, { ...UTC, command });
    expect([records.length, flags]).toEqual([1, ['MIXED_OUTPUT', 'SOURCE_TZ_USED']]);
  }
});

it.each(['diff ::a b', 'mount ::a /mnt', 'export-tar ::a -', 'break-lock'])(
  'borg %s that fails is no backup that failed',
  (rest) => {
    const told = toldOn('Archive a does not exist\n');
    expect(readOutput('', { command: `borg ${rest}`, exitCode: 2, ...told }).records).toEqual([]);
  },
);
