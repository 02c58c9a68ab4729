import { readOutput, refusalOf } from '../../../../../../test/support/inlet-outputs';
import type { Submission } from '../../../reading/submission';

/* What restic of Debian 13 said when it was run on a few files and then damaged, shortened. */

const UTC = { sourceTimeZone: 'UTC' };
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const toldOn = (stderr: string): Partial<Submission> => ({ stderr: Buffer.from(stderr) });

/** What `restic check --json` prints of a store, whatever it was that went wrong. */
const COUNTED = (errors: number): string =>
  `{"message_type":"summary","num_errors":${errors},"broken_packs":null,"suggest_repair_index":false,"suggest_prune":false}`;
const exitError = (code: number, message: string): string =>
  JSON.stringify({ message_type: 'exit_error', code, message });

describe('a check of restic 0.18.0', () => {
  it.each([
    [10, 'Fatal: repository does not exist: unable to open config file', []],
    [11, 'unable to create lock in backend: repository is already locked by PID 1 on vm', ['REPO_LOCKED']],
    [12, 'Fatal: wrong password or no key found', []],
  ])('that never saw the store has found no damage in it: exit code %s', (exitCode, message, more) => {
    const told = toldOn(exitError(exitCode, message));
    const { records, flags } = readOutput(COUNTED(1), { command: 'restic check --json', exitCode, ...told });
    expect(records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'FAILED' });
    expect(flags).toEqual([...more, 'TOOL_FAILED']);
  });

  it('that was stopped has found no damage', () => {
    const stopped = '{"message_type":"error","message":"download error: context canceled\\n"}';
    const told = toldOn(lines(stopped, stopped, exitError(130, 'context canceled')));
    const { records, flags } = readOutput(COUNTED(2), { command: 'restic check --json', exitCode: 130, ...told });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', ['NO_SUMMARY']]);
  });

  it('that says nothing because it was told to found nothing', () => {
    const { records } = readOutput('', { command: 'restic check -q', exitCode: 0 });
    expect(records[0]).toMatchObject({ outcome: 'PASSED', strength: 'STRUCTURE_CHECKED', errorCount: 0 });
    expect(refusalOf('', { command: 'restic check', exitCode: 0 }).code).toBe('TRUNCATED');
  });

  it.each([
    ['read 50.0% of data packs', 0.5],
    ['read 102400 bytes of data packs', 0],
    ['read group #1 of 3 data packs (out of total 7 packs in 2 groups)', 0.5],
  ])('says how much of the data it read: %s', (read, coverage) => {
    const text = lines('check all packs', 'check snapshots, trees and blobs', read, 'no errors were found');
    const { records, flags } = readOutput(text, { command: null });
    expect(records[0]).toMatchObject({ outcome: 'PASSED', strength: 'DATA_CHECKED', coverage });
    expect(flags).toContain('COVERAGE_PARTIAL');
  });
});

describe('a restore of restic 0.18.0', () => {
  const restore = 'restic restore latest --target /r --json';
  const summary = (facts: object): string => JSON.stringify({ message_type: 'summary', ...facts });
  const began = 'restoring snapshot b17975fc of [/srv] at 2026-11-22 00:56:04.459730233 +0000 UTC by root@db01 to /r';

  it('of a part counts the folder above it as restored, and not as asked for', () => {
    const whole = { total_files: 2, files_restored: 3, total_bytes: 300, bytes_restored: 300 };
    expect(readOutput(summary(whole), { command: restore }).records[0]?.outcome).toBe('PASSED');
    const lost = { ...whole, files_restored: 1, files_skipped: 1 };
    expect(readOutput(summary(lost), { command: restore }).records[0]?.outcome).toBe('FAILED');
  });

  it.each([
    ['JSON', summary({ total_files: 5, files_restored: 5, files_skipped: 3, bytes_skipped: 380006 })],
    ['text', lines(began, 'Summary: Restored 5 files/dirs (0 B) in 0:00, skipped 3 files/dirs 371.100 KiB')],
  ])('has not brought back what lay there already: %s', (_, stdout) => {
    const { records, flags } = readOutput(stdout, { tool: 'restic' });
    expect(records[0]).toMatchObject({ kind: 'RESTORE_TEST', outcome: 'PARTIAL' });
    expect(flags).toContain('COVERAGE_PARTIAL');
  });

  it('that brought nothing back proves nothing', () => {
    const { records, flags } = readOutput(lines(began, 'Summary: Restored 0 files/dirs (0 B) in 0:00'));
    expect([records[0]?.outcome, flags]).toEqual(['PARTIAL', ['NOTHING_VERIFIED']]);
  });

  it('that has only begun is none, though older versions left the rest to their exit code', () => {
    const said = lines(began, 'cannot create target directory: mkdir /r: read-only file system');
    for (const exitCode of [0, null]) expect(refusalOf(said, { exitCode }).code).toBe('TRUNCATED');
    const older = began.replace('snapshot b17975fc', '<Snapshot b17975fc').replace('root@db01', 'root@db01>');
    expect(readOutput(lines(older), { exitCode: 0 }).records[0]?.outcome).toBe('PASSED');
    expect(refusalOf(lines(older), { exitCode: null }).code).toBe('TRUNCATED');
  });

  it('that was told to be quiet is known by its exit code', () => {
    const { records, flags } = readOutput('', { command: 'restic restore latest --target /r -q', exitCode: 0 });
    expect([records[0]?.kind, records[0]?.outcome, flags]).toEqual(['RESTORE_TEST', 'PASSED', ['NO_SUMMARY']]);
    expect(refusalOf('', { command: 'restic restore latest --target /r', exitCode: 0 }).code).toBe('NOT_PARSEABLE');
    const summed = readOutput('Summary: Restored 1 files/dirs (3 B) in 0:00\n', { command: null });
    expect(summed.records[0]).toMatchObject({ kind: 'RESTORE_TEST', outcome: 'PASSED' });
  });

  it('waits for a lock', () => {
    const told = toldOn(exitError(11, 'unable to create lock in backend: repository is already locked'));
    expect(readOutput('', { command: restore, exitCode: 11, ...told }).flags).toContain('REPO_LOCKED');
  });
});

describe('a backup of restic 0.18.0', () => {
  const saved = lines('processed 1 files, 2 B in 0:00', 'snapshot e6da4ebe saved');

  it('counts what it left out in its text too', () => {
    const unread = 'error: /srv/secret: open secret: permission denied\n';
    const warned = 'Warning: at least one source file could not be read\n';
    const outcome = (text: string): unknown => {
      const [record] = readOutput(text, { command: null, exitCode: null }).records;
      return [record?.outcome, record?.errorCount];
    };
    expect(outcome(unread + warned + saved)).toEqual(['PARTIAL', 1]);
    expect(outcome(saved)).toEqual(['PASSED', 0]);
  });

  it.each([
    ['2026-10-01 02:00:00', ['BACKDATED']],
    ['2026-11-23 23:00:00', []],
    ['now', []],
  ])('that is given a time of %s is of another day or not', (time, expected) => {
    const command = `restic backup --json --time "${time}" /srv`;
    expect(readOutput(saved, { command }).flags).toEqual(expected);
  });

  it('ends well without a snapshot when nothing has changed', () => {
    const text = lines('processed 3 files, 371.100 KiB in 0:00', 'skipped creating snapshot');
    expect(readOutput(text, { command: null }).records).toEqual([
      expect.objectContaining({ kind: 'BACKUP', outcome: 'PASSED', recoveryPointAt: null, runKey: 'rid:run-1' }),
    ]);
  });

  it('tells its exit code itself where a pipe has swallowed it', () => {
    const told = exitError(10, 'Fatal: repository does not exist');
    for (const exitCode of [0, null])
      expect(readOutput(told, { command: null, exitCode }).records[0]).toMatchObject({ outcome: 'FAILED' });
  });
});

describe('the snapshots of restic 0.18.0', () => {
  const RULE = '-'.repeat(80);
  const HEADING = 'ID        Time                 Host        Tags        Paths            Size';
  const snapshot = { id: 'a'.repeat(64), time: '2026-11-22T00:59:04Z', tree: 't', paths: ['/srv'], hostname: 'x' };

  it('stand in columns as wide as they look', () => {
    const rows = [
      '23afdebf  2026-11-22 00:56:06  業務        夜間,a      /srv/申請        371.100 KiB',
      '9f87b887  2026-11-22 00:56:07  vm                      /lab/restic/src  371.100 KiB',
    ];
    const { records } = readOutput(lines(HEADING, RULE, ...rows, RULE, '2 snapshots'), UTC);
    expect(records.map(({ host, dataset }) => [host, dataset])).toEqual([
      ['業務', '/srv/申請'],
      ['vm', '/lab/restic/src'],
    ]);
  });

  it('are not those of which forget says that it keeps and removes them', () => {
    const table = lines(HEADING, RULE, '9f87b887  2026-11-22 00:56:07  vm    ', RULE, '1 snapshots');
    const { records } = readOutput(`keep 1 snapshots:\n${table}\nremove 1 snapshots:\n${table}`, { command: null });
    expect(records).toEqual([]);
  });

  it.each([
    'Ignoring "74ee3a9d730f": failed to load snapshot 74ee3a9d: invalid data returned\n',
    'could not load snapshot 5254e5b5: load <snapshot/5254e5b5b0>: invalid data returned\n',
  ])('are not all where one cannot be read, though it ends well: %s', (ignored) => {
    const list = `${JSON.stringify([snapshot])}\n`;
    const apart = readOutput(list, { command: 'restic snapshots --json', ...toldOn(ignored) });
    expect([apart.records.length, apart.flags]).toEqual([1, ['PAGE_INCOMPLETE', 'STDERR_WARNING']]);
    const together = readOutput(ignored + list, { command: 'restic snapshots --json' });
    expect([together.records.length, together.flags]).toEqual([
      1,
      ['MIXED_OUTPUT', 'PAGE_INCOMPLETE', 'STDERR_WARNING'],
    ]);
  });

  it('are none where nothing is printed of them', () => {
    expect(readOutput('', { command: 'restic snapshots --host x' }).flags).toEqual(['EMPTY_INVENTORY']);
    expect(refusalOf('', { command: 'restic snapshots --json' }).code).toBe('NOT_PARSEABLE');
  });
});

it.each(['diff --json a b', 'find --json x', 'ls latest', 'tag --add x', 'version'])(
  'restic %s that fails is no backup that failed',
  (rest) => {
    const told = toldOn(exitError(1, 'Fatal: no matching ID found'));
    expect(readOutput('', { command: `restic ${rest}`, exitCode: 1, ...told }).records).toEqual([]);
  },
);
