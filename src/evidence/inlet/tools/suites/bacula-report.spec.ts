import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/** What the director of Bacula 9.6.7 wrote of its jobs, shortened. */
const report = (job: string, ...lines: readonly string[]): string =>
  [
    '26-Nov 20:44 vm-dir JobId 1: Using Device "FileChgr1-Dev1".',
    '26-Nov 20:44 vm-dir JobId 1: Bacula vm-dir 9.6.7 (10Dec20):',
    '  Build OS:               x86_64-pc-linux-gnu debian bookworm/sid',
    '  JobId:                  1',
    `  Job:                    ${job}.2026-11-26_20.44.29_05`,
    ...lines,
    '',
    '26-Nov 20:44 vm-dir JobId 1: Begin pruning Jobs older than 6 months .',
  ].join('\n');

const BACKUP = (termination: string): string =>
  report(
    'BackupClient1',
    '  Backup Level:           Full',
    '  Client:                 "vm-fd" 9.6.7 (10Dec20) x86_64-pc-linux-gnu,debian,bookworm/sid',
    '  Start time:             26-Nov-2026 20:44:31',
    '  End time:               26-Nov-2026 20:44:32',
    '  FD Files Written:       7',
    '  FD Bytes Written:       80,017 (80.01 KB)',
    '  Non-fatal FD errors:    0',
    `  Termination:            ${termination}`,
  );

const read = (text: string) => readOutput(text, { command: null, exitCode: null, sourceTimeZone: 'Asia/Tokyo' });

describe('a report of Bacula', () => {
  it('tells of a backup', () => {
    const { tool, records } = read(BACKUP('Backup OK'));
    expect(tool).toBe('bacula');
    expect(records).toEqual([
      expect.objectContaining({
        kind: 'BACKUP',
        outcome: 'PASSED',
        sizeBytes: 80_017n,
        host: 'vm-fd',
        dataset: 'BackupClient1',
        runKey: 'bacula:BackupClient1.2026-11-26_20.44.29_05',
        startedAt: new Date('2026-11-26T11:44:31Z'),
      }),
    ]);
  });

  it.each([
    ['Backup OK -- with warnings', 'PARTIAL'],
    ['*** Backup Error ***', 'FAILED'],
    ['Backup Canceled', 'FAILED'],
  ])('takes %s for %s', (termination, outcome) => {
    expect(read(BACKUP(termination)).records[0]?.outcome).toBe(outcome);
  });

  it('makes no record of words that are not known', () => {
    expect(read(BACKUP('Backup Splendid'))).toMatchObject({
      records: [],
      flags: expect.arrayContaining(['UNKNOWN_STATUS']),
    });
  });

  it.each([
    ['7', '7', 'Restore OK', 'PASSED'],
    ['7', '6', 'Restore OK -- warning file count mismatch', 'FAILED'],
    ['0', '0', 'Restore OK', 'PARTIAL'],
  ])('tells of a restore of %s files of which %s came back', (expected, restored, termination, outcome) => {
    const text = report(
      'RestoreFiles',
      `  Files Expected:         ${expected}`,
      `  Files Restored:         ${restored}`,
      '  FD Errors:              0',
      `  Termination:            ${termination}`,
    );
    expect(read(text).records[0]).toMatchObject({ kind: 'RESTORE_TEST', outcome });
  });

  it.each([
    ['DiskToCatalog', 'Verify Differences', '7', 'FAILED', 'SOURCE_CHANGED'],
    ['VolumeToCatalog', 'Verify OK', '0', 'PARTIAL', 'NOTHING_VERIFIED'],
  ])('tells of a verification by %s that ended in %s', (level, termination, files, outcome, flag) => {
    const text = report(
      'Verify',
      `  Verify Level:           ${level}`,
      `  Files Examined:         ${files}`,
      `  Termination:            ${termination}`,
    );
    const { records, flags } = read(text);
    expect(records[0]).toMatchObject({ kind: 'VERIFICATION', strength: 'DATA_CHECKED', outcome });
    expect(flags).toContain(flag);
  });

  it('is refused when it does not say how the job ended', () => {
    const [cut = ''] = BACKUP('Backup OK').split('  Termination');
    expect(refusalOf(cut, { command: null }).code).toBe('TRUNCATED');
  });
});
