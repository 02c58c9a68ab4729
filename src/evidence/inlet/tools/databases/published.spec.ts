import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Outputs in the shapes that users and makers of the tools have published in threads and source; names, times and numbers are invented.
 */

describe('wal-g backup-list', () => {
  const mysql = {
    backup_name: 'stream_20261123T020000Z',
    modify_time: '2026-11-23T02:01:09.745Z',
    binlog_start: 'mysql-bin.000017',
    binlog_end: 'mysql-bin.000018',
    start_local_time: '2026-11-23T11:00:00.007416+09:00',
    stop_local_time: '2026-11-23T11:00:40.793473+09:00',
    uncompressed_size: 131_246_337,
    compressed_size: 16_074_711,
    hostname: 'db02',
    is_permanent: true,
  };

  it('of MySQL and MongoDB ends at stop_local_time, and knows no size of an older backup', () => {
    const { uncompressed_size: _, compressed_size: __, hostname: ___, ...older } = mysql;
    const { tool, records } = readOutput([mysql, { ...older, backup_name: 'stream_20261122T020000Z' }]);
    expect(tool).toBe('wal-g');
    expect(records).toMatchObject([
      {
        ...{ runKey: 'wal-g:stream_20261123T020000Z', outcome: 'PASSED', strength: 'LISTED', host: 'db02' },
        ...{ sizeBytes: 131_246_337n, storedBytes: 16_074_711n },
        startedAt: new Date('2026-11-23T02:00:00.007Z'),
        recoveryPointAt: new Date('2026-11-23T02:00:40.793Z'),
      },
      { runKey: 'wal-g:stream_20261122T020000Z', sizeBytes: null, storedBytes: null, host: null },
    ]);
  });

  it('of Redis writes its keys another way, and Greenplum one of them', () => {
    const redis = {
      BackupName: 'stream_20261123T020000Z',
      StartLocalTime: '2026-11-23T11:00:00.1+09:00',
      FinishLocalTime: '2026-11-23T11:00:01.2+09:00',
      Permanent: true,
      DataSize: 337_987,
      BackupSize: 149_122,
    };
    expect(readOutput([redis]).records).toMatchObject([
      { sizeBytes: 337_987n, storedBytes: 149_122n, recoveryPointAt: new Date('2026-11-23T02:00:01.2Z') },
    ]);
    const times = { start_time: '2026-11-23T02:00:00Z', finish_time: '2026-11-23T02:10:00Z' };
    expect(readOutput([{ Name: 'backup_20261123T020000Z', gp_version: '6.19.3', ...times }])).toMatchObject({
      tool: 'wal-g',
      records: [{ runKey: 'wal-g:backup_20261123T020000Z', finishedAt: new Date('2026-11-23T02:10:00Z') }],
    });
  });

  it('of PostgreSQL takes 0 for a size that an older version did not write down', () => {
    const entry = { backup_name: 'base_00000001000000000000007F', time: '2026-11-23T02:00:00Z', wal_file_name: '7F' };
    expect(readOutput([{ ...entry, uncompressed_size: 0, compressed_size: 0 }]).records).toMatchObject([
      { sizeBytes: null, storedBytes: null },
    ]);
  });

  const SHORT = [
    'name                                                     modified             wal_segment_backup_start',
    'base_000000010000000000000003                            2026-11-21T13:59:21Z 000000010000000000000003',
    'base_000000010000000000000005_D_000000010000000000000003 2026-11-22T14:01:06Z 000000010000000000000005',
    '',
  ].join('\n');
  const LONG = [
    'name                          last_modified        wal_segment_backup_start start_time           finish_time          hostname data_dir       pg_version is_permanent',
    'base_0000000500060413000000F9 2026-11-23T12:41:36Z 0000000500060413000000F9 2026-11-23T04:10:20Z 2026-11-23T12:41:35Z db01     /srv/pg 14     140006     false',
    '',
  ].join('\r\n');
  const NEWER = [
    'INFO: 2026/11/23 03:00:00.000001 List backups from storages: [default]',
    'backup_name                   modified             wal_file_name            storage_name',
    'base_000000010000000000000003 2026-11-21T13:59:21Z 000000010000000000000003 default',
    '',
  ].join('\n');

  it.each([
    [SHORT, ['base_000000010000000000000003', 'base_000000010000000000000005_D_000000010000000000000003']],
    [LONG, ['base_0000000500060413000000F9']],
    [NEWER, ['base_000000010000000000000003']],
  ])('is read as the table that it is without --json: %#', (table, names) => {
    const { tool, records } = readOutput(table);
    expect([tool, records.map(({ runKey }) => runKey)]).toEqual(['wal-g', names.map((name) => `wal-g:${name}`)]);
    expect(records[0]).toMatchObject({ strength: 'LISTED', sizeBytes: null });
  });

  it('takes the end of a backup from its details, not the time of its file', () => {
    expect(readOutput(LONG).records).toMatchObject([
      {
        recoveryPointAt: new Date('2026-11-23T12:41:35Z'),
        startedAt: new Date('2026-11-23T04:10:20Z'),
        ...{ host: 'db01', dataset: '/srv/pg 14' },
      },
    ]);
    expect(readOutput(NEWER).records).toMatchObject([
      { recoveryPointAt: new Date('2026-11-21T13:59:21Z'), location: 'default', startedAt: null },
    ]);
  });

  it('is read behind its log, where both channels were sent as one', () => {
    const log = 'INFO: 2026/11/23 03:00:00.000001 List backups from storages: [default]\n';
    const entry = { backup_name: 'base_3', time: '2026-11-21T13:59:21Z', wal_file_name: '3', storage_name: 'default' };
    for (const stdout of [
      `${log}${JSON.stringify([entry])}\n`,
      `${log}${JSON.stringify([entry], null, 4)}\nINFO: 2026/11/23 03:00:02.000001 done\n`,
    ])
      expect(readOutput(stdout)).toMatchObject({ tool: 'wal-g', records: [{ runKey: 'wal-g:base_3' }] });
    expect(refusalOf(`${log}[{"backup_name":"base_3",`, { tool: 'wal-g' }).code).toBe('NOT_PARSEABLE');
    const none = 'INFO: 2026/11/23 03:00:01.000001 No backups found\n';
    expect(readOutput(`${log}${none}`, { command: 'wal-g backup-list --json' }).flags).toEqual(['EMPTY_INVENTORY']);
  });

  it('tells an empty table from one with lines that are none of it', () => {
    expect(readOutput(`${SHORT.split('\n')[0]}\n`).flags).toEqual(['EMPTY_INVENTORY']);
    expect(refusalOf(`${SHORT}Segmentation fault\n`).code).toBe('NOT_PARSEABLE');
  });
});

describe('wal-g wal-verify', () => {
  const report = (integrity: string): string =>
    [
      `[wal-verify] integrity check status: ${integrity}`,
      '[wal-verify] integrity check details:',
      '+-----+--------------------------+--------------------------+----------------+--------------+',
      '| TLI | START                    | END                      | SEGMENTS COUNT |       STATUS |',
      '|   1 | 000000010000000000000004 | 00000001000000000000000A |              7 | MISSING_LOST |',
      '[wal-verify] timeline check status: OK',
      '',
    ].join('\n');

  it.each([
    ['OK', 'PASSED', []],
    ['WARNING', 'PARTIAL', ['VERIFY_WARNING']],
    ['FAILURE', 'FAILED', ['DAMAGE_FOUND']],
  ])('says %s for people, and ends with exit code 0 all the same', (status, outcome, flags) => {
    const read = readOutput(report(status));
    expect(read).toMatchObject({ tool: 'wal-g', flags });
    expect(read.records).toMatchObject([{ kind: 'VERIFICATION', outcome, strength: 'STRUCTURE_CHECKED' }]);
  });
});

describe('a report of wal-verify that was cut', () => {
  it('does not pass by the check that is left', () => {
    const stdout = '[wal-verify] integrity check status: OK\n[wal-verify] integrity check details:\n';
    expect(readOutput(stdout).records).toMatchObject([{ outcome: 'PASSED' }]);
    const command = 'wal-g wal-verify integrity timeline';
    expect(refusalOf(stdout, { command }).code).toBe('TRUNCATED');
    const log =
      'INFO: 2026/11/23 01:00:00 Running the check: integrity\nINFO: 2026/11/23 01:00:01 Running the check: timeline\n';
    expect(refusalOf(`${log}${stdout}`).code).toBe('TRUNCATED');
  });
});

describe('etcd', () => {
  const TABLE = [
    'Deprecated: Use `etcdutl snapshot status` instead.',
    '',
    '+----------+----------+------------+------------+',
    '|   HASH   | REVISION | TOTAL KEYS | TOTAL SIZE |',
    '+----------+----------+------------+------------+',
    '| 8c150882 |     3377 |       2116 |     7.7 MB |',
    '+----------+----------+------------+------------+',
    '',
  ].join('\n');
  const JSON_BEHIND_A_BANNER =
    'Deprecated: Use `etcdutl snapshot status` instead.\n\n{"hash":3474280699,"revision":10,"totalKey":7,"totalSize":2105344}\n';

  it.each([
    ['a table, whose size is rounded', TABLE, null],
    ['a table with a version', TABLE.replace('TOTAL SIZE |', 'TOTAL SIZE | VERSION |'), null],
    ['one line', 'fe01cf57, 10, 7, 2.1 MB\n', null],
    ['one line of 3.6', '5ad4a1ad, 6, 13, 25 kB, 3.6.0\n', null],
    ['fields', '"Hash" : 3474280699\n"Revision" : 10\n"Keys" : 7\n"Size" : 2105344\n', 2_105_344n],
    ['JSON behind a banner', JSON_BEHIND_A_BANNER, 2_105_344n],
  ])('tells the status of a snapshot as %s', (_, stdout, sizeBytes) => {
    const { tool, records } = readOutput(stdout);
    expect(tool).toBe('etcd');
    expect(records).toMatchObject([
      { kind: 'VERIFICATION', outcome: 'PASSED', strength: 'STRUCTURE_CHECKED', sizeBytes, recoveryPointAt: null },
    ]);
  });

  it('finds a damaged database, and refuses what is no status', () => {
    const stderr = Buffer.from('Error: Database corrupted! 2 errors found.\npage 961: unreachable unfreed\n');
    const told = { command: 'etcdctl snapshot status b.db', exitCode: 1, stderr };
    expect(readOutput('', told)).toMatchObject({ flags: ['DAMAGE_FOUND'], records: [{ outcome: 'FAILED' }] });
    expect(refusalOf('hello', { tool: 'etcd' }).code).toBe('NOT_PARSEABLE');
  });

  it('is known by the log of a restore, which goes to stderr', () => {
    const log = '2026-11-23T01:00:09Z\tinfo\tsnapshot/v3_snapshot.go:272\trestored snapshot\t{"path": "/srv/a.db"}\n';
    expect(readOutput('', { stderr: Buffer.from(log) })).toMatchObject({
      ...{ tool: 'etcd', records: [{ kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED' }] },
    });
  });
});

describe('barman show-backup', () => {
  it('of a newer version calls its sizes another way, and has incremental backups', () => {
    const base_backup_information = {
      ...{
        backup_method: 'postgres',
        backup_size: '3.0 MiB',
        backup_size_bytes: 3_106_676,
        wal_size_bytes: 33_554_432,
      },
      ...{ backup_size_with_wals: '35.0 MiB', backup_size_with_wals_bytes: 36_661_108 },
      ...{ begin_time: '2026-11-14 01:55:15.555038+02:00', begin_time_timestamp: '1794614115' },
      ...{ end_time: '2026-11-14 01:55:17.038603+02:00', end_time_timestamp: '1794614117' },
    };
    const shown = { backup_id: '20261114T015515', backup_type: 'incremental', base_backup_information, status: 'DONE' };
    expect(readOutput({ main: shown }).records).toMatchObject([
      {
        ...{ runKey: 'barman:main:20261114T015515', sizeBytes: 36_661_108n, timeBasis: 'OFFSET' },
        ...{ sizeBasis: 'barman base and WAL incremental', recoveryPointAt: new Date('2026-11-13T23:55:17.038Z') },
      },
    ]);
    expect(readOutput({ main: { ...shown, backup_type: 'full' } }).records).toMatchObject([
      { sizeBasis: 'barman base and WAL' },
    ]);
  });
});
