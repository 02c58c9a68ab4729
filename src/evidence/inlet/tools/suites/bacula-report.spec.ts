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

  it('of Bacula 15 tells of every job in it, of those that failed too, and of damage', () => {
    const said = (id: number, text: string): string => `29-Nov 10:33 ev-dir JobId ${id}: ${text}`;
    const lines = (id: number, job: string, ...more: string[]): string[] => [
      `  JobId:                  ${id}`,
      `  Job:                    ${job}.2026-11-29_10.32.44_30`,
      '  Start time:             29-Nov-2026 10:32:45',
      '  End time:               29-Nov-2026 10:32:55',
      ...more,
      '',
    ];
    const text = [
      said(11, 'Bacula ev-dir 15.0.3 (25Mar25):'),
      ...lines(11, 'nightly', '  Backup Level:           Full', '  Termination:            Backup Canceled'),
      '29-Nov 10:33 ev-sd JobId 12: Error: block_util.c:583 Volume data error at 0:0!',
      'Block checksum mismatch in block=5 len=64512: calc=628b88bf6ac8322c blk=eb464add73c4350f',
      said(12, 'Error: Bacula ev-dir 15.0.3 (25Mar25):'),
      ...lines(
        12,
        'check',
        '  Verify Level:           VolumeToCatalog',
        '  Termination:            *** Verify Error ***',
      ),
      said(15, 'Bacula 15.0.3 (25Mar25): 29-Nov-2026 10:33:10'),
      ...lines(15, 'admin', '  Termination:            Admin OK'),
    ];
    const { records, flags } = read(text.join('\n'));
    expect(records.map(({ runKey, kind, outcome, strength }) => [runKey, kind, outcome, strength])).toEqual([
      ['bacula:nightly.2026-11-29_10.32.44_30', 'BACKUP', 'FAILED', 'COMPLETED'],
      ['bacula:check.2026-11-29_10.32.44_30', 'VERIFICATION', 'FAILED', 'DATA_CHECKED'],
    ]);
    expect(flags).toContain('DAMAGE_FOUND');
  });

  it('of a Verify job that only takes down what is there proves nothing', () => {
    const text = report(
      'Verify',
      '  Verify Level:           InitCatalog',
      '  Files Examined:         13',
      '  Termination:            Verify OK',
    );
    const { records, flags } = read(text);
    expect(records).toMatchObject([{ kind: 'VERIFICATION', outcome: 'PARTIAL', coverage: 0 }]);
    expect(flags).toContain('NOTHING_VERIFIED');
  });
});

describe('the console of Bacula 15', () => {
  it('answers in JSON behind its greeting', () => {
    const job = {
      ...{ jobid: '3', job: 'nightly.2026-11-29_10.32.25_08', name: 'nightly', type: 'B', level: 'F', jobstatus: 'T' },
      ...{ clientname: 'ev-fd', starttime: '2026-11-29 10:32:27', endtime: '2026-11-29 10:32:28', joberrors: '1' },
    };
    const stdout = [
      'Connecting to Director 127.0.0.1:19101',
      '.jlist jobs',
      'Using Catalog "Cat"',
      JSON.stringify({ type: 'job', data: [job], error: 0, errmsg: '' }),
    ].join('\n');
    const { tool, records } = read(stdout);
    expect(tool).toBe('bacula');
    expect(records).toMatchObject([
      { outcome: 'PARTIAL', host: 'ev-fd', runKey: 'bacula:nightly.2026-11-29_10.32.25_08' },
    ]);
  });
});
