import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/* What the tools of Debian 12 said when they were run on a small server, shortened. */

const UTC = { sourceTimeZone: 'UTC' };
const alone = { command: null, exitCode: null };

describe('mariabackup 10.11', () => {
  const line = (text: string): string => `[00] 2026-11-26 20:34:50 ${text}\n`;
  const end = line('completed OK!');

  it.each([
    ['BACKUP', 'Connecting to MariaDB server host: localhost\n[01] 2026-11-26 20:34:50 Copying ibdata1 to /m/ibdata1'],
    ['VERIFICATION', 'This target seems to be not prepared yet.'],
    ['RESTORE_TEST', 'Copying ./xtrabackup_info to /var/lib/mysql/xtrabackup_info'],
  ])('is told by its log to be a %s: all of them end in the same words', (kind, words) => {
    expect(readOutput(line(words) + end, alone).records[0]).toMatchObject({ kind, outcome: 'PASSED' });
  });

  it('makes no backup of words that say nothing of one', () => {
    expect(refusalOf(line('cd to /m') + end, alone).code).toBe('NOT_PARSEABLE');
  });
});

describe('mariadb-backup 11.8', () => {
  const line = (text: string): string => `[00] 2026-11-29 01:30:56 ${text}\n`;
  const begun = 'mariadb-backup based on MariaDB server 11.8.9-MariaDB debian-linux-gnu (x86_64)\n';
  const backup = line('Connecting to MariaDB server host: localhost') + begun;

  it('is known by its log where it came to no end', () => {
    const { tool, records, flags } = readOutput(backup, alone);
    expect([tool, flags]).toEqual(['mariabackup', ['EXIT_CODE_MISSING', 'NO_SUMMARY']]);
    expect(records).toMatchObject([{ kind: 'BACKUP', outcome: 'FAILED' }]);
    expect(readOutput(begun + line('Original data directory /r is not empty!'), alone).records).toMatchObject([
      { kind: 'RESTORE_TEST', outcome: 'FAILED' },
    ]);
  });

  it('flags the damage that it met', () => {
    const stderr = Buffer.from(
      backup + line('Error: failed to read page after 10 retries. File ./x/u.ibd seems to be corrupted.'),
    );
    expect(readOutput('', { command: 'mariadb-backup --backup', exitCode: 1, stderr })).toMatchObject({
      flags: ['DAMAGE_FOUND'],
      records: [{ kind: 'BACKUP', outcome: 'FAILED' }],
    });
  });

  it('makes no whole backup of some of the databases', () => {
    const stderr = Buffer.from(backup + line('completed OK!'));
    const outcomeOf = (command: string) => readOutput('', { command, exitCode: 0, stderr }).records[0]?.outcome;
    expect(outcomeOf('mariadb-backup --backup --databases=x --target-dir=/m')).toBe('PARTIAL');
    expect(outcomeOf('mariadb-backup --backup --target-dir=/m')).toBe('PASSED');
  });
});

describe('Barman 3.4 for people', () => {
  it('lists its backups, and one whose WAL is not there as not whole', () => {
    const stdout = [
      'main 20261126T202539 - Thu Nov 26 20:25:40 2026 - Size: 38.3 MiB - WAL Size: 0 B - WAITING_FOR_WALS',
      'main 20261126T202537 - Thu Nov 26 20:25:38 2026 - Size: 38.3 MiB - WAL Size: 32.0 MiB',
      'main 20261126T202530 - FAILED',
    ].join('\n');
    const { records, tool } = readOutput(stdout, { ...UTC, command: null });
    expect(tool).toBe('barman');
    expect(records.map(({ runKey, outcome, sizeBytes }) => [runKey, outcome, sizeBytes])).toEqual([
      ['barman:main:20261126T202539', 'PARTIAL', null],
      ['barman:main:20261126T202537', 'PASSED', null],
      ['barman:main:20261126T202530', 'FAILED', null],
    ]);
  });

  it('tells of a backup, and of one that still waits for its WAL', () => {
    const stdout = [
      'Starting backup using postgres method for server main in /b/main/base/20261126T202535',
      'Backup completed (start time: 2026-11-26 20:25:35.907283, elapsed time: 1 second)',
    ].join('\n');
    const stderr = Buffer.from('WARNING: IMPORTANT: this backup is classified as WAITING_FOR_WALS\n');
    expect(readOutput(stdout, alone).records[0]).toMatchObject({
      outcome: 'PASSED',
      runKey: 'barman:main:20261126T202535',
    });
    expect(readOutput(stdout, { ...alone, stderr }).records[0]?.outcome).toBe('PARTIAL');
    expect(readOutput(stdout.split('\n')[0]!, alone).records[0]?.outcome).toBe('FAILED');
  });

  it('finds damage in a backup', () => {
    const stdout = "Verifying backup '20261126T202539' on server ['main']\nCalling pg_verifybackup\n";
    const stderr = Buffer.from('ERROR: pg_verifybackup: error: checksum mismatch for file "global/1262_fsm"\n');
    const { records, flags } = readOutput(stdout, { ...alone, stderr });
    expect([records[0]?.outcome, records[0]?.covers]).toEqual(['FAILED', ['barman:main:20261126T202539']]);
    expect(flags).toContain('DAMAGE_FOUND');
  });

  it('restores, and is no less whole for the settings that it makes harmless', () => {
    const informed = 'Starting local restore for server main using backup 20261126T202539';
    const warned = [
      "IMPORTANT! Some settings have been modified to prevent data losses. See 'changes' key.",
      "WARNING! You are required to review the options as potentially dangerous. See 'warnings' key.",
    ];
    const text = `${informed}\nYour PostgreSQL server has been successfully prepared for recovery!\n`;
    const asJson = { _INFO: [informed], _WARNING: warned, missing_files: [] };
    const expected = { kind: 'RESTORE_TEST', outcome: 'PASSED', covers: ['barman:main:20261126T202539'] };
    expect(readOutput(text, alone).records[0]).toMatchObject(expected);
    expect(readOutput(asJson, { command: 'barman -f json recover main latest /r' }).records[0]).toMatchObject(expected);
  });
});

describe('Barman 3.13', () => {
  const informed = [
    'Starting backup using postgres method for server main in /b/main/base/20261129T010300',
    'Backup completed (start time: 2026-11-29 01:03:00.248715, elapsed time: less than one second)',
  ];
  const backup = {
    ...{ backup_id: '20261129T010300', server_name: 'main', size: 23_559_380, parent_backup_id: null, status: 'DONE' },
    ...{ begin_time: 'Sun Nov 29 01:03:00 2026', end_time: 'Sun Nov 29 01:03:04 2026', error: null },
  };
  const ran = (stdout: object | string, command: string, exitCode: number | null = 0, sourceTimeZone = 'UTC') =>
    readOutput(stdout, {
      ...{ command, exitCode, sourceTimeZone, receivedAt: new Date('2026-11-29T02:00:00Z') },
      ...{ startedAt: new Date('2026-11-29T01:02:59Z'), finishedAt: new Date('2026-11-29T01:04:00Z') },
    });

  it('tells of a backup with its times and the size of its base', () => {
    const { records, flags } = ran({ _INFO: informed, ...backup }, 'barman -f json backup --wait main');
    expect(flags).toEqual(['SOURCE_TZ_USED']);
    expect(records).toMatchObject([
      {
        ...{ outcome: 'PASSED', strength: 'COMPLETED', runKey: 'barman:main:20261129T010300', message: null },
        ...{ sizeBytes: 23_559_380n, sizeBasis: 'barman base', timeBasis: 'SOURCE_TZ' },
        startedAt: new Date('2026-11-29T01:03:00Z'),
        recoveryPointAt: new Date('2026-11-29T01:03:04Z'),
      },
    ]);
  });

  it('does not take its times from a database in another zone than the declared one', () => {
    const { records, flags } = ran({ _INFO: informed, ...backup }, 'barman -f json backup main', 0, 'Asia/Tokyo');
    expect(flags).toContain('SOURCE_TZ_MISMATCH');
    expect(records).toMatchObject([{ timeBasis: 'ENVELOPE', recoveryPointAt: new Date('2026-11-29T01:04:00Z') }]);
  });

  it.each([
    ['WAITING_FOR_WALS', 0, 'PARTIAL', 'INCOMPLETE_SET'],
    ['WAITING_FOR_WALS', 1, 'FAILED', 'INCOMPLETE_SET'],
    ['FAILED', 0, 'FAILED', 'SOURCE_TZ_USED'],
  ])('that is %s with exit code %i is %s', (status, exitCode, outcome, flag) => {
    const read = ran({ _INFO: informed, ...backup, status }, 'barman -f json backup main', exitCode);
    expect(read.records).toMatchObject([{ outcome, runKey: 'barman:main:20261129T010300' }]);
    expect(read.flags).toContain(flag);
  });

  it('is not whole while it waits for its WAL, as far as is known', () => {
    const waiting = [...informed, "Waiting for the WAL file 00000001000000000000000B from server 'main'"];
    const arrived = [...waiting, '\t00000001000000000000000B'];
    expect(readOutput(waiting.join('\n'), alone).records).toMatchObject([{ outcome: 'PARTIAL' }]);
    expect(readOutput(arrived.join('\n'), alone).records).toMatchObject([{ outcome: 'PASSED' }]);
  });

  it('is one of several, each with its own end and only the last with its fields', () => {
    const other = informed.map((line) =>
      line.replace('main', 'other').replace('main/', 'other/').replace('0300', '0400'),
    );
    const both = { _INFO: [...other, ...informed], ...backup };
    expect(ran(both, 'barman -f json backup all').records).toMatchObject([
      { outcome: 'PASSED', runKey: 'barman:other:20261129T010400', sizeBytes: null },
      { outcome: 'PASSED', runKey: 'barman:main:20261129T010300', sizeBytes: 23_559_380n },
    ]);
    const failed = "Impossible to start the backup. Check the log for more details, or run 'barman check never-db'";
    const one = { _INFO: informed, _ERROR: [failed], ...backup };
    expect(ran(one, 'barman -f json backup main never-db', 1).records).toMatchObject([
      { outcome: 'PASSED', runKey: 'barman:main:20261129T010300' },
      { outcome: 'FAILED', runKey: 'rid:run-1', dataset: 'never-db' },
    ]);
    expect(ran({ ...one, _ERROR: ['disk full'] }, 'barman -f json backup all', 1).records).toMatchObject([
      { outcome: 'FAILED' },
    ]);
  });

  it('names the server behind options with values', () => {
    const command = 'barman -f json backup --incremental last-full --wait main';
    expect(ran('', command, 137).records).toMatchObject([{ outcome: 'FAILED', dataset: 'main' }]);
  });

  it('is locked by another run and by nothing else', () => {
    const flagsOf = (error: string): string[] =>
      ran({ _ERROR: [error] }, 'barman -f json backup main', 1).records[0]?.flags as string[];
    expect(flagsOf('Another backup process is running')).toEqual(['REPO_LOCKED']);
    expect(flagsOf('could not read block 3: lock timeout of the database')).toEqual([]);
  });

  it('fails a restore of what no server can be started from, and knows the end of one by its time', () => {
    const restored = {
      _INFO: ['Starting local restore for server main using backup 20261129T010300', 'Copying the base backup.'],
      recovery_elapsed_time: 'less than one second',
    };
    const lost = [
      'IMPORTANT: The backup we have restored IS NOT VALID. Required WAL files for consistency are missing.',
    ];
    expect(readOutput(restored, alone).records).toMatchObject([{ kind: 'RESTORE_TEST', outcome: 'PASSED' }]);
    expect(ran({ ...restored, _WARNING: lost }, 'barman -f json restore main latest /r').records).toMatchObject([
      { kind: 'RESTORE_TEST', outcome: 'FAILED' },
    ]);
  });

  it('shows a backup for people', () => {
    const stdout = [
      ...[
        'Backup 20261129T010300:',
        '  Server Name            : main',
        '  Status                 : WAITING_FOR_WALS',
        '',
      ],
      ...['  Base backup information:', '    Backup Size          : 22.5 MiB (54.5 MiB with WALs)'],
      '    Begin time           : 2026-11-29 10:03:00.910426+09:00',
      '    End time             : 2026-11-29 10:03:04.658052+09:00',
    ].join('\n');
    expect(readOutput(stdout, alone).records).toMatchObject([
      {
        ...{ runKey: 'barman:main:20261129T010300', outcome: 'PARTIAL', strength: 'LISTED', sizeBytes: null },
        ...{ timeBasis: 'OFFSET', startedAt: new Date('2026-11-29T01:03:00.910Z') },
      },
    ]);
  });

  it.each([
    [
      { main: { postgresql: { hint: '', status: 'OK' }, directories: { hint: '', status: 'FAILED' } } },
      1,
      'STATUS_NOT_OK',
    ],
    [{ main: { postgresql: { hint: '', status: 'OK' } } }, 0, undefined],
    ['Server main:\n\tPostgreSQL: FAILED (server is down)\n', 1, 'STATUS_NOT_OK'],
    [{ main: { postgresql: { hint: '', status: 'OK' } } }, 1, 'TOOL_FAILED'],
  ])('proves nothing by a check, whatever it finds: %j', (stdout, exitCode, flag) => {
    expect(readOutput(stdout, { command: null, exitCode })).toMatchObject({
      tool: 'barman',
      records: [],
      flags: flag ? [flag] : [],
    });
  });

  it('tells a verification that found damage from one that could not be made', () => {
    const command = 'barman -f json verify-backup main 20261129T010300';
    const flagsOf = (error: string): string[] => ran({ _ERROR: [error] }, command, 1).flags;
    expect(flagsOf("Unknown backup '20261129T010300' for server 'main'")).toEqual(['TOOL_FAILED']);
    expect(flagsOf('pg_verifybackup: error: checksum mismatch for file "base/1/1249"')).toEqual(['DAMAGE_FOUND']);
  });

  it('lists nothing for people where there is nothing, and is no empty list where it failed', () => {
    const command = 'barman list-backups all';
    expect(ran('', command)).toMatchObject({ records: [], flags: ['EMPTY_INVENTORY'] });
    const stderr = Buffer.from("ERROR: Unknown server 'nope'");
    expect(refusalOf('', { command, exitCode: 1, stderr }).code).toBe('TOOL_FAILED');
    expect(refusalOf('', { command: 'barman -f json list-backups all', exitCode: 0 }).code).toBe('NOT_PARSEABLE');
    const broken = { _EXCEPTION: ['invalid line in file backup.info'], main: [] };
    expect(refusalOf(broken, { tool: 'barman', exitCode: 1 }).code).toBe('TOOL_FAILED');
  });
});

describe('etcd 3.5', () => {
  const failed = (stderr: string) =>
    readOutput('', { tool: 'etcd', command: null, exitCode: 1, stderr: Buffer.from(stderr) });
  const restoring =
    '2026-11-29T01:13:29Z\tinfo\tsnapshot/v3_snapshot.go:265\trestoring snapshot\t{"path": "/e/s.db"}\n';

  it.each([
    [`${restoring}Error: expected sha256 [144 13 47 240], got [116 171 122 146]\n`, 'RESTORE_TEST', ['DAMAGE_FOUND']],
    [`${restoring}Error: snapshot missing hash but --skip-hash-check=false\n`, 'RESTORE_TEST', ['DAMAGE_FOUND']],
    [`${restoring}Error: open /e/none.db: no such file or directory\n`, 'RESTORE_TEST', []],
    ['{"level":"info","msg":"created temporary db file"}\nError: context deadline exceeded\n', 'BACKUP', []],
    ['panic: assertion failed: Page expected to be: 0, but self identifies as 63\n', 'VERIFICATION', ['DAMAGE_FOUND']],
  ])('that failed says what it was doing: %j', (stderr, kind, flags) => {
    expect(failed(stderr)).toMatchObject({ records: [{ kind, outcome: 'FAILED' }], flags });
  });
});

describe('pgBackRest 2.45', () => {
  it.each(['backup', 'restore', 'verify --output=text'])('has to say something of a %s', (verb) => {
    const command = `pgbackrest --stanza=main ${verb}`;
    expect(refusalOf('', { command, exitCode: 0 }).why.reason).toBe('NO_LOG_LEVEL');
  });
});
