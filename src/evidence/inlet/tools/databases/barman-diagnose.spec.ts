import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * What `barman diagnose` prints, as its source writes it (barman/diagnose.py, infofile.py, utils.py) and its tests show a backup; names, times and
 * numbers are invented.
 */

const DONE = {
  backup_id: '20261123T110000',
  backup_label: null,
  begin_time: 'Mon Nov 23 11:00:00 2026',
  begin_wal: '000000010000000000000002',
  copy_stats: null,
  deduplicated_size: null,
  end_time: 'Mon Nov 23 11:05:43 2026',
  error: null,
  mode: 'postgres',
  server_name: 'main',
  size: 40_172_000,
  status: 'DONE',
  systemid: '7711177765338554909',
  version: 150_003,
};
const { backup_id: _, ...OLD } = DONE;
const diagnosis = (servers: object): object => ({
  global: { config: { errors_list: [] }, system_info: { barman_ver: '3.4.0', python_ver: 'Python 3.11.2' } },
  servers,
});
const server = (backups: object): object => ({ backups, config: { name: 'main' }, status: {}, wals: {} });
const TOKYO = { sourceTimeZone: 'Asia/Tokyo' };

describe('barman diagnose', () => {
  it('lists the backups of every server as a list does', () => {
    const { tool, flags, records } = readOutput(
      diagnosis({ main: server({ '20261123T110000': DONE }), never: server({}) }),
      TOKYO,
    );
    expect([tool, flags]).toEqual(['barman', ['EMPTY_INVENTORY_FOR_SERVER', 'SOURCE_TZ_USED']]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', timeBasis: 'SOURCE_TZ', dataset: 'main' },
        ...{ runKey: 'barman:main:20261123T110000', sizeBytes: 40_172_000n, sizeBasis: 'barman base', message: null },
        startedAt: new Date('2026-11-23T02:00:00Z'),
        finishedAt: new Date('2026-11-23T02:05:43Z'),
        recoveryPointAt: new Date('2026-11-23T02:05:43Z'),
      }),
    ]);
  });

  it('is read with an offset where a version writes it, and by the key where it does not repeat the id', () => {
    const iso = { ...OLD, begin_time_iso: '2026-11-23T11:00:00+09:00', end_time_iso: '2026-11-23T11:05:43.5+09:00' };
    expect(readOutput(diagnosis({ main: server({ '20261123T110000': iso }) })).records).toMatchObject([
      {
        ...{ timeBasis: 'OFFSET', runKey: 'barman:main:20261123T110000' },
        recoveryPointAt: new Date('2026-11-23T02:05:43.5Z'),
      },
    ]);
  });

  it.each([
    ['FAILED', 'FAILED', 'failure copying files'],
    ['WAITING_FOR_WALS', 'PARTIAL', null],
    ['STARTED', 'RUNNING', null],
    ['EMPTY', 'RUNNING', null],
  ])('of one that is %s says %s', (status, outcome, error) => {
    const backup = { ...DONE, status, error, end_time: null, size: null };
    const { records } = readOutput(diagnosis({ main: server({ '20261123T110000': backup }) }), TOKYO);
    expect(records).toMatchObject([
      { outcome, sizeBytes: null, recoveryPointAt: null, message: error ?? `status ${status}` },
    ]);
  });

  it('makes nothing of a status that nobody knows', () => {
    for (const status of ['ARCHIVED', undefined])
      expect(readOutput(diagnosis({ main: server({ x: { ...DONE, status } }) }), TOKYO)).toMatchObject({
        records: [],
        flags: expect.arrayContaining(['UNKNOWN_STATUS']),
      });
  });

  it('of servers without backups is an empty list, and one that failed or was cut is refused', () => {
    const empty = diagnosis({ never: server({}) });
    expect(readOutput(empty).flags).toEqual(['EMPTY_INVENTORY', 'EMPTY_INVENTORY_FOR_SERVER']);
    expect(refusalOf(empty, { exitCode: 1 }).code).toBe('TOOL_FAILED');
    expect(refusalOf(diagnosis({}), { command: 'barman diagnose' }).code).toBe('NOT_PARSEABLE');
    expect(refusalOf(JSON.stringify(empty).slice(0, -3), { command: 'barman diagnose' }).code).toBe('TRUNCATED');
  });
});
