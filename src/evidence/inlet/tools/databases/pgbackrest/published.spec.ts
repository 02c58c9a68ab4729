import { readOutput, refusalOf } from '../../../../../../test/support/inlet-outputs';
import { SubmissionRefused } from '../../../reading/refused';

/* What `pgbackrest info` prints without --output=json, in the shapes that users have published; names, times and numbers are invented. */

const head = (...status: string[]): string[] => [
  'stanza: main',
  ...status.map((line) => `    ${line}`),
  '    cipher: none',
  '',
];
const set = (kind: string, label: string, times: string, ...more: string[]): string[] => [
  `        ${kind} backup: ${label}`,
  `            timestamp start/stop: ${times}`,
  '            wal start/stop: 0000000B0000010B000000C1 / 0000000B0000010C0000005C',
  '            database size: 46.3GB, database backup size: 46.3GB',
  ...more.map((line) => `            ${line}`),
  '',
];
const DB = [
  '    db (current)',
  '        wal archive min/max (13): 0000000B0000010B000000C1/0000000C000001110000000A',
  '',
];
const REPO1 = 'repo1: backup set size: 17.6GB, backup size: 17.6GB';
const FULL = set('full', '20261122-230004F', '2026-11-22 23:00:04 / 2026-11-23 01:32:17', REPO1);

describe('pgbackrest info for people', () => {
  it('lists sets in the zone of the machine, without sizes that are rounded', () => {
    const { tool, records, flags } = readOutput([...head('status: ok'), ...DB, ...FULL].join('\n'), {
      sourceTimeZone: 'Asia/Tokyo',
    });
    expect([tool, flags]).toEqual(['pgbackrest', ['SOURCE_TZ_USED']]);
    expect(records).toMatchObject([
      {
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', sizeBytes: null, timeBasis: 'SOURCE_TZ' },
        ...{ dataset: 'main', location: 'repo1', runKey: 'pgbackrest:main:1:20261122-230004F' },
        recoveryPointAt: new Date('2026-11-22T16:32:17Z'),
      },
    ]);
  });

  it('does not know when a set was made where nobody says the zone', () => {
    const { records, flags } = readOutput([...head('status: ok'), ...DB, ...FULL].join('\n'));
    expect(flags).toContain('SOURCE_TZ_MISSING');
    expect(records).toMatchObject([{ recoveryPointAt: null, startedAt: null, timeBasis: null }]);
  });

  it('of newer versions says the offset, and has a set in several repositories', () => {
    const [label, times] = ['20261122-153558F_20261122-154622I', '2026-11-22 15:46:22+08 / 2026-11-22 15:46:24+08'];
    const text = [
      ...head('status: mixed', '    repo1: ok', '    repo2: error (no valid backups)'),
      ...DB,
      ...set('incr', label, times, REPO1, 'repo3: backup size: 44KB', 'backup reference total: 1 full'),
    ];
    const { records, flags } = readOutput(text.join('\r\n'));
    expect(flags).toEqual(['COPY_UNAVAILABLE', 'STATUS_NOT_OK']);
    expect(records.map(({ runKey }) => runKey)).toEqual([`pgbackrest:main:1:${label}`, `pgbackrest:main:3:${label}`]);
    expect(records[1]).toMatchObject({ recoveryPointAt: new Date('2026-11-22T07:46:24Z'), timeBasis: 'OFFSET' });
  });

  it('of older versions names no repository', () => {
    const old = set('full', '20261122-230004F', '2026-11-22 23:00:04 / 2026-11-23 01:32:17', 'repository size: 2.7MB');
    expect(readOutput([...head('status: ok'), ...DB, ...old].join('\n')).records).toMatchObject([
      { runKey: 'pgbackrest:main:1:20261122-230004F', location: 'repo1' },
    ]);
  });

  it('tells a damaged set, and a backup that is going on', () => {
    const broken = set(
      'full',
      '20261122-230004F',
      '2026-11-22 23:00:04+00 / 2026-11-23 01:32:17+00',
      REPO1,
      'error(s) detected during backup',
    );
    const { records, flags } = readOutput([...head('status: ok (backup/expire running)'), ...DB, ...broken].join('\n'));
    expect(records).toMatchObject([{ outcome: 'FAILED', recoveryPointAt: null }]);
    expect(flags).toEqual(['BACKUP_RUNNING', 'DAMAGE_FOUND']);
  });

  it.each([
    ['stanza: main\n    status: error (missing stanza path)\n', ['EMPTY_INVENTORY', 'STATUS_NOT_OK']],
    [`${head('status: error (no valid backups)').join('\n')}\n`, ['EMPTY_INVENTORY', 'STATUS_NOT_OK']],
    ['No stanzas exist in the repository.\n', ['EMPTY_INVENTORY']],
    [`${head('status: error (other)').join('\n')}\n`, ['STATUS_NOT_OK']],
  ])('is empty only where it says so: %j', (text, flags) =>
    expect(readOutput(text)).toMatchObject({ tool: 'pgbackrest', records: [], flags }),
  );

  it('that was cut gives no set that the whole does not give', () => {
    const sets = [
      ...FULL,
      ...set('full', '20261123-010101F', '2026-11-23 01:01:01+00 / 2026-11-23 01:02:01+00', 'repo2: backup size: 1MB'),
    ];
    const text = [...head('status: ok'), ...DB, ...sets].join('\n');
    const keys = readOutput(text).records.map(({ runKey }) => runKey);
    for (let length = 0; length < text.length; length += 1) {
      try {
        for (const { runKey } of readOutput(text.slice(0, length), { tool: 'pgbackrest' }).records)
          expect(keys).toContain(runKey);
      } catch (error) {
        expect(error).toBeInstanceOf(SubmissionRefused);
      }
    }
  });

  it('that could not be made is no empty one, and the report of verify is none', () => {
    expect(refusalOf(head('status: ok').join('\n'), { exitCode: 55 }).code).toBe('TOOL_FAILED');
    const report =
      'stanza: main\n    status: ok\n      backup: 20261122-230004F, status: valid, total files checked: 9\n';
    expect(readOutput(report, { command: 'pgbackrest verify --output=text' }).records).toMatchObject([
      { kind: 'VERIFICATION' },
    ]);
  });
});
