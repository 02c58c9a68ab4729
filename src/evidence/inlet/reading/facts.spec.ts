import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { borgCreated, RESTIC_SNAPSHOT, RESTIC_SUMMARY, readOutput } from '../../../../test/support/inlet-outputs';
import type { ReadSubmission } from './read-submission';

describe('local times', () => {
  const at = (start: string, sourceTimeZone: string | null, startedAt: Date | null = null): ReadSubmission =>
    readOutput(borgCreated(start), { sourceTimeZone, startedAt, finishedAt: null });

  it.each([
    ['Asia/Tokyo', '2026-11-23T10:41:57.000000', '2026-11-23T01:41:57.000Z'],
    ['America/St_Johns', '2026-11-22T22:17:14.000000', '2026-11-23T01:47:14.000Z'],
    ['UTC', '2026-11-23T01:41:57.900000', '2026-11-23T01:41:57.900Z'],
  ])('are read in %s when the source declares it', (zone, start, instant) => {
    const { records, flags } = at(start, zone);
    expect(records[0]?.recoveryPointAt?.toISOString()).toBe(instant);
    expect(flags).toEqual(expect.arrayContaining(['SOURCE_TZ_USED']));
  });

  it('are unknown without a zone, and the zone of this process is never asked', () => {
    const { records, flags } = at('2026-11-23T10:41:57.000000', null);
    expect(records[0]).toMatchObject({ startedAt: null, recoveryPointAt: null });
    expect(flags).toContain('SOURCE_TZ_MISSING');
  });

  it('are left for those of the envelope without a zone', () => {
    const startedAt = new Date('2026-11-23T01:41:50Z');
    expect(at('2026-11-23T10:41:57.000000', null, startedAt).records[0]).toMatchObject({
      startedAt,
      timeBasis: 'ENVELOPE',
    });
  });

  it('that come twice are the earlier instant, and flagged', () => {
    const { records, flags } = at('2026-11-01T01:30:00.000000', 'America/New_York');
    expect(records[0]?.startedAt?.toISOString()).toBe('2026-11-01T05:30:00.000Z');
    expect(flags).toContain('AMBIGUOUS_LOCAL_TIME');
  });

  it('that the zone leaves out are unknown, and flagged', () => {
    const { records, flags } = at('2026-03-08T02:30:00.000000', 'America/New_York');
    expect(records[0]?.startedAt).toBeNull();
    expect(flags).toContain('AMBIGUOUS_LOCAL_TIME');
  });
});

describe('the zone of this process', () => {
  const ASKS_FOR_IT =
    /\.(?:get|set)(?:Hours|Minutes|Date|Day|Month|FullYear)\(|getTimezoneOffset|toLocale(?:Date|Time)?String|new Date\([^()]*,|DateTimeFormat\(\)/;
  const folder = join(__dirname, '..');
  const sources = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
    /(?<!\.spec)\.ts$/.test(file),
  );

  it('is asked by nothing that reads an output', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.filter((file) => ASKS_FOR_IT.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
    expect(ASKS_FOR_IT.test('new Date(2026, 10, 23).getHours()')).toBe(true);
  });
});

describe('times that do not add up', () => {
  it('are flagged: a point that the run cannot have made', () => {
    const { flags } = readOutput(borgCreated('2026-10-01T02:00:00.000000'), { sourceTimeZone: 'UTC' });
    expect(flags).toContain('BACKDATED');
  });

  it('are not flagged within a quarter of an hour', () => {
    expect(readOutput(borgCreated('2026-11-23T00:46:00.000000'), { sourceTimeZone: 'UTC' }).flags).not.toContain(
      'BACKDATED',
    );
  });

  it('are flagged: a point in the future', () => {
    const future = { ...RESTIC_SNAPSHOT, time: '2026-11-23T03:05:01Z' };
    expect(readOutput([future], { command: 'restic snapshots' }).flags).toContain('FUTURE_TIME');
    expect(
      readOutput([{ ...RESTIC_SNAPSHOT, time: '2026-11-23T03:05:00Z' }], { command: 'restic snapshots' }).flags,
    ).toEqual([]);
  });

  it('are flagged: an end before the start', () => {
    const stdout = { ...RESTIC_SUMMARY, backup_end: '2026-11-23T01:00:01Z' };
    expect(readOutput(stdout, { command: 'restic backup --json /srv' }).flags).toContain('NEGATIVE_DURATION');
  });
});

describe('numbers', () => {
  it('beyond 2^53 are exact', () => {
    const text = JSON.stringify(RESTIC_SUMMARY).replace(
      '"total_bytes_processed":100',
      '"total_bytes_processed":9007199254740993',
    );
    expect(readOutput(text, { command: 'restic backup --json' }).records[0]?.sizeBytes).toBe(9_007_199_254_740_993n);
  });

  it('that are no amount are unknown', () => {
    for (const size of [-1, 1.5, 'many', null, true])
      expect(
        readOutput({ ...RESTIC_SUMMARY, total_bytes_processed: size }, { command: 'restic backup --json' }).records[0]
          ?.sizeBytes,
      ).toBeNull();
  });
});

describe('texts', () => {
  const named = (hostname: string): ReadSubmission =>
    readOutput([{ ...RESTIC_SNAPSHOT, hostname }], { command: 'restic snapshots' });

  it('of PowerShell are read: UTF-16 with its mark and CRLF', () => {
    const stdout = Buffer.from(
      `\ufeff${JSON.stringify([RESTIC_SNAPSHOT], null, 1).replaceAll('\n', '\r\n')}`,
      'utf16le',
    );
    expect(readOutput('', { tool: 'restic', stdout }).records).toHaveLength(1);
  });

  it('are without the escapes of a terminal', () => {
    const stderr = Buffer.from('\u001b[2K\u001b[31mFatal: wrong password\u001b[0m\n');
    expect(readOutput('', { command: 'restic backup', exitCode: 12, stderr }).records[0]?.message).toBe(
      'Fatal: wrong password',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    "'; DROP TABLE evidence; --",
    '${jndi:ldap://x}',
    'db01\u202etxt',
    '=cmd|calc',
  ])('that are hostile are flagged and kept: %s', (hostname) => {
    const { records, flags } = named(hostname);
    expect(flags).toContain('HOSTILE_STRING');
    expect(records[0]?.host).toBe(hostname);
  });

  it('lose their control characters and what is beyond the limit', () => {
    expect(named('db\u0000\u000701').records[0]?.host).toBe('db01');
    const stderr = Buffer.from('あ'.repeat(5_000));
    const message = readOutput('', { command: 'restic backup', exitCode: 1, stderr }).records[0]?.message ?? '';
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(2_048);
    expect(message).toMatch(/^あ+$/);
  });

  // Put together here, so that this file is not a finding itself.
  it.each([
    ['sftp://bob:' + 'hunter2@nas/backup is locked', 'sftp://bob:***@nas/backup is locked'],
    ['RESTIC_PASSWORD=' + 'hunter2 was set', 'RESTIC_PASSWORD=*** was set'],
    ['aws_secret_access_key: ' + 'abc/def+ghi', 'aws_secret_access_key: ***'],
    ['Authorization: Bearer ' + 'abcdefgh.ijkl', 'Authorization: Bearer ***'],
    ['mysqldump -u root -p' + 'hunter2 app failed', 'mysqldump -u root -p*** app failed'],
    ['mysqldump -u root -p app failed', 'mysqldump -u root -p app failed'],
    ['mysqldump -h db -P3306 -p' + 'hunter2 app', 'mysqldump -h db -P3306 -p*** app'],
    ['sshpass -P ask -p ' + 'hunter2 scp', 'sshpass -P ask -p *** scp'],
    ['sshpass -p ' + 'hunter2 borg create', 'sshpass -p *** borg create'],
    ['mongodump --archive -p ' + 'hunter2 failed', 'mongodump --archive -p *** failed'],
    ['restic -p /etc/key backup', 'restic -p /etc/key backup'],
    ['wrong password or no key found', 'wrong password or no key found'],
  ])('have their secrets masked: %s', (told, masked) => {
    const read_ = readOutput('', { command: 'restic backup', exitCode: 1, stderr: Buffer.from(told) });
    expect(read_.records[0]?.message).toBe(masked);
  });
});
