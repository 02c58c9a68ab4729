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

describe('pgBackRest 2.45', () => {
  it.each(['backup', 'restore', 'verify --output=text'])('has to say something of a %s', (verb) => {
    const command = `pgbackrest --stanza=main ${verb}`;
    expect(refusalOf('', { command, exitCode: 0 }).message).toContain('--log-level-console=info');
  });
});
