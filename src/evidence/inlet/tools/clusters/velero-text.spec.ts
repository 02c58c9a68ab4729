import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * What `velero` prints for people, as its source writes it (pkg/cmd/util/output: describers and printers of backups and restores) and users have
 * published it in threads; names, times and numbers are invented.
 */

const backup = (phase: string, ...lines: string[]): string =>
  [
    'Name:         nightly',
    'Namespace:    velero',
    'Labels:       velero.io/storage-location=osaka',
    'Annotations:  velero.io/resource-timeout=10m0s',
    '              velero.io/source-cluster-k8s-major-version=1',
    '',
    `Phase:  ${phase}`,
    '',
    ...lines,
    'Namespaces:',
    '  Included:  *',
    '  Excluded:  <none>',
    '',
    'Label selector:  <none>',
    '',
    'Storage Location:  osaka',
    '',
    'Velero-Native Snapshot PVs:  auto',
    'TTL:  720h0m0s',
    'Hooks:  <none>',
    '',
    'Backup Format Version:  1.1.0',
    '',
    'Started:    2026-11-23 02:00:03 +0900 JST',
    'Completed:  2026-11-23 02:04:41 +0900 JST',
    '',
    'Expiration:  2026-12-23 02:00:03 +0900 JST',
    '',
    'Total items to be backed up:  115',
    'Items backed up:              115',
    '',
    'Resource List:',
    '  v1/Namespace:',
    '    - app',
    '',
    'Velero-Native Snapshots: <none included>',
    '',
  ].join('\n');

const RESTORE = [
  'Name:         drill-1',
  'Namespace:    velero',
  'Labels:       <none>',
  'Annotations:  <none>',
  '',
  "Phase:                       PartiallyFailed (run 'velero restore logs drill-1' for more information)",
  'Total items to be restored:  18',
  'Items restored:              18',
  '',
  'Started:    2026-11-22 17:00:03 +0000 UTC',
  'Completed:  2026-11-22 17:02:05 +0000 UTC',
  '',
  'Errors:',
  '  Velero:     <none>',
  '  Cluster:    <none>',
  '  Namespaces:',
  '    app:  error restoring pods/app-0: timed out',
  '',
  'Backup:  nightly',
  '',
  'Namespaces:',
  '  Included:  all namespaces found in the backup',
  '',
  'Restore PVs:  auto',
  '',
].join('\n');

describe('velero describe', () => {
  it('tells a backup in full, but for the uid', () => {
    const { tool, flags, records } = readOutput(backup('Completed'));
    expect([tool, flags]).toEqual(['velero', []]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', timeBasis: 'OFFSET', errorCount: null },
        ...{ runKey: 'velero:velero/nightly', dataset: 'velero/nightly', location: 'osaka', message: null },
        startedAt: new Date('2026-11-22T17:00:03Z'),
        finishedAt: new Date('2026-11-22T17:04:41Z'),
        recoveryPointAt: new Date('2026-11-22T17:00:03Z'),
        sizeBytes: null,
      }),
    ]);
  });

  it.each([
    ['PartiallyFailed (run `velero backup logs nightly` for more information)', ['Errors:    1', ''], 'PARTIAL'],
    ['Completed', ['Errors:    2', 'Warnings:  0', ''], 'PARTIAL'],
    ['Failed (run `velero backup logs nightly` for more information)', [], 'FAILED'],
    ['FailedValidation', ['Validation errors:  no location', ''], 'FAILED'],
    ['InProgress', [], 'RUNNING'],
    ['FinalizingPartiallyFailed', [], 'RUNNING'],
  ])('of a backup that is %s with %j is %s', (phase, lines, outcome) =>
    expect(readOutput(backup(phase, ...lines)).records).toMatchObject([{ outcome }]),
  );

  it('tells what went wrong, and counts only what is counted', () => {
    const text = backup(
      'PartiallyFailed',
      'Errors:',
      '  Velero:   name: /db message: /timed out',
      '  Cluster:  <none>',
      '',
    );
    expect(readOutput(text).records).toMatchObject([
      { outcome: 'PARTIAL', errorCount: null, message: 'Velero:   name: /db message: /timed out' },
    ]);
    expect(readOutput(backup('Completed', 'Warnings:', '  Velero:  a pod does not run', '')).flags).toEqual([
      'STATUS_MESSAGE',
    ]);
  });

  it('tells of snapshots that are missing', () => {
    const some =
      'Velero-Native Snapshots:  2 of 3 snapshots completed successfully (specify --details for more information)';
    const text = backup('Completed').replace('Velero-Native Snapshots: <none included>', some);
    expect(readOutput(text).records).toMatchObject([{ outcome: 'PARTIAL' }]);
  });

  it('tells a restore, by the backup that it names', () => {
    expect(readOutput(RESTORE).records).toEqual([
      expect.objectContaining({
        ...{ kind: 'RESTORE_TEST', outcome: 'PARTIAL', strength: 'RESTORED', recoveryPointAt: null },
        ...{ runKey: 'velero:velero/drill-1', startedAt: new Date('2026-11-22T17:00:03Z') },
        finishedAt: new Date('2026-11-22T17:02:05Z'),
        message: 'Namespaces:\napp:  error restoring pods/app-0: timed out',
      }),
    ]);
  });

  it('of several is read one by one', () =>
    expect(
      readOutput(`${backup('Completed')}\n\n${backup('Failed').replace('nightly', 'weekly')}`).records,
    ).toMatchObject([{ outcome: 'PASSED' }, { outcome: 'FAILED', runKey: 'velero:velero/weekly' }]));

  it('makes nothing of a phase that nobody knows, and is refused when it was cut or is of a schedule', () => {
    expect(readOutput(backup('Paused'))).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
    const whole = backup('Completed');
    expect(refusalOf(whole.slice(0, whole.indexOf('Expiration'))).code).toBe('TRUNCATED');
    expect(refusalOf(whole.slice(0, whole.indexOf('Backup Format')), { tool: 'velero' }).code).toBe('NOT_PARSEABLE');
    expect(refusalOf('Name:  n\nNamespace:  velero\n\nPhase:  Enabled\n\nSchedule:  0 2 * * *\n').code).toBe(
      'UNKNOWN_TOOL',
    );
    expect(refusalOf(whole, { exitCode: 1 }).code).toBe('TOOL_FAILED');
  });
});

describe('velero get', () => {
  const TABLE = [
    'NAME                     STATUS            ERRORS   WARNINGS   CREATED                          EXPIRES   STORAGE LOCATION   SELECTOR',
    'nightly-20261123020003   Completed         0        14         2026-11-23 02:00:03 +0900 JST    29d       osaka              <none>',
    'nightly-20261122020003   PartiallyFailed   1        0          2026-11-22 02:00:03 +0900 JST    28d       osaka              app=web,tier=1',
    'test01                   Deleting          0        0          2026-11-20 08:54:25 +0000 UTC    28d       osaka              <none>',
    'test02                   FailedValidation  0        0          <nil>                            29d       nowhere            <none>',
    '',
  ].join('\n');

  it('lists backups with their phase and when they began', () => {
    const { tool, flags, records } = readOutput(TABLE);
    expect([tool, flags]).toEqual(['velero', ['STATUS_MESSAGE', 'UNKNOWN_STATUS']]);
    const at = new Date('2026-11-22T17:00:03Z');
    expect(records).toMatchObject([
      {
        outcome: 'PASSED',
        runKey: 'velero:nightly-20261123020003',
        startedAt: at,
        recoveryPointAt: at,
        location: 'osaka',
      },
      { outcome: 'PARTIAL', errorCount: 1, finishedAt: null },
      { outcome: 'FAILED', startedAt: null, recoveryPointAt: null },
    ]);
  });

  it('lists restores', () => {
    const text = [
      'NAME      BACKUP    STATUS      STARTED                         COMPLETED                       ERRORS   WARNINGS   CREATED                         SELECTOR',
      'drill-1   nightly   Completed   2026-11-22 22:52:57 +0000 UTC   2026-11-22 22:53:30 +0000 UTC   0        0          2026-11-22 22:52:56 +0000 UTC   <none>',
    ].join('\r\n');
    expect(readOutput(text).records).toMatchObject([
      {
        kind: 'RESTORE_TEST',
        outcome: 'PASSED',
        finishedAt: new Date('2026-11-22T22:53:30Z'),
        runKey: 'velero:drill-1',
      },
    ]);
  });

  it('is refused when a row is not whole, and takes no schedules for backups', () => {
    expect(refusalOf(TABLE.slice(0, TABLE.indexOf('osaka'))).code).toBe('TRUNCATED');
    expect(refusalOf(`${TABLE.slice(0, -1)}x\nshort`).code).toBe('TRUNCATED');
    const schedules =
      'NAME   STATUS    CREATED   SCHEDULE    BACKUP TTL   LAST BACKUP   SELECTOR\na      Enabled   x         0 2 * * *   1h           1h ago        <none>\n';
    expect(refusalOf(schedules).code).toBe('UNKNOWN_TOOL');
    expect(readOutput(TABLE.split('\n', 1)[0]!)).toMatchObject({ records: [], flags: ['EMPTY_INVENTORY'] });
  });
});
