import { readOutput } from '../../../../../../test/support/inlet-outputs';

/* What restic of Debian 12 said when it was run on a few files and then damaged, shortened. */

const UTC = { sourceTimeZone: 'UTC' };

describe('restic 0.14.0', () => {
  it('tells which snapshot was restored, of when, and that it was read back', () => {
    const stdout =
      'restoring <Snapshot bb0881ae of [/srv/a] at 2026-11-26 17:03:06.463552214 +0900 JST by root@db01> to /r\nfinished verifying 4 files in /r (took 0s)\n';
    const [record] = readOutput(stdout, { command: 'restic restore latest --target /r --verify' }).records;
    expect(record).toMatchObject({
      strength: 'VALIDATED',
      covers: ['restic:bb0881ae'],
      dataset: '/srv/a',
      host: 'db01',
    });
    expect(record?.recoveryPointAt?.toISOString()).toBe('2026-11-26T08:03:06.463Z');
  });

  const TABLE = [
    'ID        Time                 Host        Tags        Paths',
    '--------------------------------------------------------------------------',
    'e0169ec8  2026-11-27 01:28:54  db01        a,b         /srv/申請',
    '',
    '369d5a78  2026-11-27 02:28:54  db01                    /srv/申請',
    '                                                       /srv/添付',
    '--------------------------------------------------------------------------',
    '2 snapshots',
    '',
  ];

  it('prints snapshots for people with times of its own zone, which has to be declared', () => {
    const { records, flags } = readOutput(TABLE.join('\n'), { sourceTimeZone: 'Asia/Tokyo' });
    expect(records.map((record) => [record.runKey, record.dataset, record.host, record.strength])).toEqual([
      ['restic:e0169ec8', '/srv/申請', 'db01', 'LISTED'],
      ['restic:369d5a78', '/srv/申請, /srv/添付', 'db01', 'LISTED'],
    ]);
    expect(records[1]?.recoveryPointAt?.toISOString()).toBe('2026-11-26T17:28:54.000Z');
    expect(flags).toContain('SOURCE_TZ_USED');
    const undeclared = readOutput(TABLE.join('\n'));
    expect([undeclared.records[0]?.recoveryPointAt, undeclared.flags]).toEqual([
      null,
      expect.arrayContaining(['SOURCE_TZ_MISSING']),
    ]);
  });

  it('prints groups, and compact tables with a tag a line', () => {
    const grouped = ['snapshots for (host [db01]):', ...TABLE.slice(0, 3), TABLE[6], '1 snapshots'];
    const both = [...grouped, ...grouped.map((line) => line?.replace('e0169ec8', '369d5a78'))];
    expect(readOutput(both.join('\n'), UTC).records).toHaveLength(2);
    const compact = [
      'repository c881945a opened (version 2, compression level auto)',
      'ID        Time                 Host  Tags  Size',
      '-------------------------------------------',
      'e0169ec8  2026-11-27 01:28:54  db01  a     1.2 GiB',
      '                                     b',
      '-------------------------------------------',
      '1 snapshots',
    ];
    expect(readOutput(compact.join('\n'), UTC).records).toMatchObject([{ runKey: 'restic:e0169ec8', dataset: null }]);
    const none = readOutput([compact[1], compact[2], compact[5], '0 snapshots'].join('\n'), UTC);
    expect([none.records, none.flags]).toEqual([[], ['EMPTY_INVENTORY']]);
  });

  it('is cut off where nothing but the beginning of a summary came', () => {
    expect(() => readOutput('{"message_type":"summary","files_n', { tool: 'restic' })).toThrow('TRUNCATED: LINE_CUT');
    expect(() => readOutput('{"a":1}', { tool: 'restic' })).toThrow('NOT_PARSEABLE: NOT_OUTPUT');
  });

  it('has not printed all of a table that ends before its count', () => {
    expect(() => readOutput(TABLE.slice(0, 3).join('\n'), UTC)).toThrow('TABLE_SHORT');
    const lost = TABLE.filter((line) => !line.startsWith('e0169ec8')).join('\n');
    expect(() => readOutput(lost, UTC)).toThrow('TABLE_SHORT');
  });

  it('finds damage in an index that it cannot load', () => {
    const stderr = Buffer.from(
      'error: error loading index 803e85: load <index/803e85>: invalid data returned\nFatal: LoadIndex returned errors\n',
    );
    const { records, flags } = readOutput('load indexes\n', { command: 'restic check', exitCode: 1, stderr });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', expect.arrayContaining(['DAMAGE_FOUND', 'TOOL_FAILED'])]);
  });
});
