import { readOutput, refusalOf } from '../../../../test/support/inlet-outputs';

/*
 * Outputs written here from the published formats of tools that could not be run. Shapes that were seen in public stand in published.spec.ts
 * beside the adapters: in threads of users those of WAL-G, etcd, Kopia, pgBackRest, Velero, Longhorn, Proxmox and the command line of AWS;
 * events of AWS and jobs of Azure only in their documentation, sessions of Veeam only in definitions of its interface. Of K8up and Bareos
 * nothing but the format is known.
 */

const velero = (status: object, kind = 'Backup', name = 'nightly'): object => ({
  apiVersion: 'velero.io/v1',
  kind,
  metadata: { name, namespace: 'velero', uid: `uid-${name}` },
  spec: { storageLocation: 'osaka' },
  status,
});
const TIMES = { startTimestamp: '2026-11-22T17:00:03Z', completionTimestamp: '2026-11-22T17:04:41Z' };

describe('Velero', () => {
  it.each([
    ['Completed', {}, 'PASSED'],
    ['Completed', { errors: 2 }, 'PARTIAL'],
    ['Completed', { csiVolumeSnapshotsAttempted: 3, csiVolumeSnapshotsCompleted: 2 }, 'PARTIAL'],
    ['PartiallyFailed', { errors: 1 }, 'PARTIAL'],
    ['Failed', { failureReason: 'no store' }, 'FAILED'],
    ['FailedValidation', { validationErrors: ['no location'] }, 'FAILED'],
    ['WaitingForPluginOperations', {}, 'RUNNING'],
    ['FinalizingPartiallyFailed', {}, 'RUNNING'],
    ['New', {}, 'RUNNING'],
  ])('%s with %j is %s', (phase, more, outcome) => {
    const { records } = readOutput(velero({ phase, ...TIMES, ...more }));
    expect(records).toEqual([expect.objectContaining({ outcome, runKey: 'velero:uid-nightly', location: 'osaka' })]);
    expect(records[0]?.recoveryPointAt === null).toBe(outcome === 'FAILED' || outcome === 'RUNNING');
  });

  it('lists several, leaves out what is in no known phase, and tells an empty list', () => {
    const items = [velero({ phase: 'Completed', ...TIMES }), velero({ phase: 'Paused' }, 'Backup', 'odd')];
    const read = readOutput({ apiVersion: 'v1', kind: 'List', items });
    expect([read.records.length, read.flags]).toEqual([1, ['UNKNOWN_STATUS']]);
    expect(readOutput({ apiVersion: 'velero.io/v1', kind: 'BackupList', items: [] }).flags).toEqual([
      'EMPTY_INVENTORY',
    ]);
  });
});

const backupTime = Date.UTC(2026, 10, 22, 17) / 1000;
const pbs = (more: object): object => ({ 'backup-type': 'vm', 'backup-id': '100', 'backup-time': backupTime, ...more });

describe('Proxmox Backup Server', () => {
  it.each([
    [{ size: 123_456 }, 'PASSED', 'LISTED', []],
    [{ size: 123_456, verification: { state: 'ok', upid: 'UPID:x' } }, 'PASSED', 'DATA_CHECKED', []],
    [{ size: 123_456, verification: { state: 'failed', upid: 'UPID:x' } }, 'FAILED', 'LISTED', ['DAMAGE_FOUND']],
    [{}, 'PARTIAL', 'LISTED', ['SIZE_MISSING']],
  ])('a snapshot with %j is %s and %s', (more, outcome, strength, flags) => {
    const read = readOutput({ data: [pbs(more)] });
    expect(read.records).toEqual([
      expect.objectContaining({
        kind: 'BACKUP',
        outcome,
        strength,
        runKey: `pbs:vm/100/${backupTime}`,
        dataset: 'vm/100',
      }),
    ]);
    expect(read.flags).toEqual(flags);
  });
});

const veeam = (more: object): object => ({
  id: 's1',
  name: 'gyoumu nightly',
  usn: 1,
  sessionType: 'BackupJob',
  state: 'Stopped',
  creationTime: '2026-11-23T02:00:00+09:00',
  endTime: '2026-11-23T02:30:00.5+09:00',
  result: { result: 'Success', message: '', isCanceled: false },
  ...more,
});

describe('Veeam', () => {
  it.each([
    [{}, 'BACKUP', 'PASSED'],
    [{ result: { result: 'Warning', isCanceled: false } }, 'BACKUP', 'PARTIAL'],
    [{ result: { result: 'Failed', isCanceled: false } }, 'BACKUP', 'FAILED'],
    [{ result: { result: 'Success', isCanceled: true } }, 'BACKUP', 'FAILED'],
    [{ state: 'Working', result: { result: 'None' } }, 'BACKUP', 'RUNNING'],
    [{ sessionType: 'RestoreVm' }, 'RESTORE_TEST', 'PASSED'],
  ])('a session with %j is a %s that is %s', (more, kind, outcome) => {
    const { records } = readOutput({ data: [veeam(more)], pagination: { total: 1, count: 1, skip: 0, limit: 200 } });
    expect(records).toEqual([
      expect.objectContaining({ kind, outcome, runKey: 'veeam:s1', dataset: 'gyoumu nightly' }),
    ]);
  });

  it('restores in a SureBackup what is then looked at', () => {
    expect(readOutput([veeam({ sessionType: 'SureBackup' })]).records[0]).toMatchObject({ strength: 'VALIDATED' });
  });

  it.each([[{ sessionType: 'BackupCopyJob' }], [{ name: 'SOBR Offload' }], [{ sessionType: 'ConfigurationBackup' }]])(
    'makes no recovery point by %j',
    (more) => expect(readOutput([veeam(more)])).toMatchObject({ records: [], disposition: 'ACCEPTED_NO_RECORDS' }),
  );

  it('tells a page from the whole, and an unknown result from a success', () => {
    const page = {
      data: [veeam({ result: { result: 'None' } })],
      pagination: { total: 900, count: 1, skip: 0, limit: 1 },
    };
    expect(readOutput(page)).toMatchObject({ records: [], flags: ['PAGE_INCOMPLETE', 'UNKNOWN_STATUS'] });
  });
});

const azure = (status: string, operation = 'Backup'): object => ({
  id: '/subscriptions/0/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/gov/backupJobs/j1',
  name: 'j1',
  type: 'Microsoft.RecoveryServices/vaults/backupJobs',
  properties: {
    jobType: 'AzureIaaSVMJob',
    entityFriendlyName: 'vm01',
    operation,
    status,
    startTime: '2026-11-22T17:00:04.3036512Z',
    endTime: '2026-11-22T17:42:00.1234567Z',
  },
});

describe('Azure Backup', () => {
  it.each([
    ['Completed', 'PASSED'],
    ['CompletedWithWarnings', 'PARTIAL'],
    ['Failed', 'FAILED'],
    ['Cancelled', 'FAILED'],
    ['InProgress', 'RUNNING'],
  ])('%s is %s', (status, outcome) => {
    const [record] = readOutput([azure(status)]).records;
    expect(record).toMatchObject({
      outcome,
      runKey: 'azure-backup:j1',
      dataset: 'vm01',
      location: 'gov',
      sizeBytes: null,
    });
    expect(record?.startedAt?.toISOString()).toBe('2026-11-22T17:00:04.303Z');
  });

  it('restores, and does other things that prove nothing', () => {
    expect(readOutput({ value: [azure('Completed', 'Restore')] }).records[0]?.kind).toBe('RESTORE_TEST');
    expect(readOutput([azure('Completed', 'ConfigureBackup')]).records).toEqual([]);
  });
});

const awsJob = (more: object): object => ({
  BackupJobId: 'J1',
  State: 'COMPLETED',
  CreationDate: '2026-11-23T02:00:04.303000+09:00',
  ResourceArn: 'arn:r',
  BackupVaultArn: 'arn:v',
  BackupSizeInBytes: 36_048,
  ...more,
});

describe('AWS Backup', () => {
  it.each([
    [{}, 'PASSED'],
    [{ StatusMessage: 'Completed with issues' }, 'PARTIAL'],
    [{ State: 'PARTIAL' }, 'PARTIAL'],
    [{ State: 'EXPIRED' }, 'FAILED'],
    [{ State: 'RUNNING' }, 'RUNNING'],
  ])('a listed job with %j is %s', (more, outcome) => {
    const [record] = readOutput({ BackupJobs: [awsJob(more)] }).records;
    expect(record).toMatchObject({ outcome, runKey: 'aws-backup:J1', sizeBytes: 36_048n });
    expect(record?.startedAt?.toISOString()).toBe('2026-11-22T17:00:04.303Z');
  });

  it.each([
    ['SUCCESSFUL', 'PASSED', 'VALIDATED'],
    ['FAILED', 'FAILED', 'RESTORED'],
  ])('a restore whose validation is %s is %s and %s', (ValidationStatus, outcome, strength) => {
    const job = {
      RestoreJobId: 'R1',
      Status: 'COMPLETED',
      ValidationStatus,
      RecoveryPointCreationDate: '2026-11-20T00:00:00Z',
    };
    expect(readOutput({ RestoreJobs: [job] }).records[0]).toMatchObject({ kind: 'RESTORE_TEST', outcome, strength });
  });

  it('makes no record of copies and scans', () => {
    const event = { source: 'aws.backup', 'detail-type': 'Copy Job State Change', detail: { state: 'COMPLETED' } };
    expect(readOutput(event)).toMatchObject({ records: [], flags: [] });
  });
});

describe('K8up', () => {
  const metrics = {
    backup_start_timestamp: 1795398492.5,
    backup_end_timestamp: 1795398503,
    errors: 0,
    Folder: 'pvc',
    id: '874df34b95',
  };

  it('sends a run, and the snapshots that there are', () => {
    const snapshots = [
      { id: '874df34b95', time: '2026-11-23T01:48:12Z', paths: ['/data/pvc'], hostname: 'ns' },
      { id: 'cccccccccc', time: '2026-11-22T01:48:12Z', paths: ['/data/pvc'], hostname: 'ns' },
    ];
    const { records } = readOutput({ name: 'b', bucket_name: 'bk', backup_metrics: metrics, snapshots });
    expect(records.map(({ runKey, strength }) => [runKey, strength])).toEqual([
      ['restic:874df34b', 'COMPLETED'],
      ['restic:cccccccc', 'LISTED'],
    ]);
  });

  it('has a warning in its count of errors', () => {
    const [record] = readOutput({ backup_metrics: { ...metrics, errors: 1 } }).records;
    expect(record).toMatchObject({ outcome: 'PARTIAL', errorCount: 1, location: null });
  });

  it('is not done well because it is finished', () => {
    const conditions = [{ type: 'Completed', status: 'True', reason: 'Finished' }];
    const backup = { apiVersion: 'k8up.io/v1', kind: 'Backup', metadata: { name: 'b' }, status: { conditions } };
    expect(readOutput(backup)).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
  });
});

describe('Bareos', () => {
  const job = {
    jobid: '7',
    job: 'db.2026-11-23_02.00.00_07',
    name: 'db',
    type: 'B',
    level: 'F',
    jobbytes: '1,024',
    jobstatus: 'W',
  };

  it('answers in JSON with lower case names, and a warning is no pass', () => {
    const answer = { jsonrpc: '2.0', result: { jobs: [{ ...job, starttime: '2026-11-23 02:00:01', joberrors: '1' }] } };
    const { records, tool } = readOutput(answer, { sourceTimeZone: 'Asia/Tokyo' });
    expect([tool, records[0]?.outcome, records[0]?.sizeBytes]).toEqual(['bacula', 'PARTIAL', 1_024n]);
    expect(records[0]?.recoveryPointAt?.toISOString()).toBe('2026-11-22T17:00:01.000Z');
  });

  it('shows by the epoch of its catalog that the declared zone is not its own', () => {
    const row = { ...job, endtime: '2026-11-23 02:00:09', jobtdate: 1795399209 };
    expect(readOutput([row], { sourceTimeZone: 'Asia/Tokyo' }).flags).toContain('SOURCE_TZ_MISMATCH');
  });

  it('is refused with a table that was cut', () => {
    const table = '+---+---+---+\n| jobid | type | jobstatus |\n+---+---+---+\n| 1 | B | T |\n';
    expect(refusalOf(table).code).toBe('TRUNCATED');
    expect(readOutput(`${table}+---+---+---+\n`).records).toHaveLength(1);
  });
});

describe('WAL-G', () => {
  it.each([
    ['OK', 'PASSED', []],
    ['WARNING', 'PARTIAL', ['VERIFY_WARNING']],
    ['FAILURE', 'FAILED', ['DAMAGE_FOUND']],
  ])('finds the WAL %s', (status, outcome, flags) => {
    const read = readOutput({ integrity: { status, details: [] }, timeline: { status: 'OK' } });
    expect(read.records[0]).toMatchObject({ kind: 'VERIFICATION', outcome, strength: 'STRUCTURE_CHECKED' });
    expect(read.flags).toEqual(flags);
  });
});

describe('Kopia', () => {
  it('leaves a checkpoint that an interrupted run left out of the list', () => {
    const snapshot = { id: 'k1', source: { host: 'h' }, startTime: '2026-11-23T01:00:00Z', incomplete: 'checkpoint' };
    expect(readOutput([snapshot])).toMatchObject({ records: [], flags: ['CHECKPOINT_SKIPPED', 'EMPTY_INVENTORY'] });
  });

  it.each([
    [{ readBytes: 0, processedObjectCount: 10 }, 0, 'PASSED', 'STRUCTURE_CHECKED'],
    [{ readBytes: 999, processedObjectCount: 10 }, 0, 'PASSED', 'DATA_CHECKED'],
    [{ readBytes: 999, processedObjectCount: 10 }, 1, 'FAILED', 'DATA_CHECKED'],
    [{ readBytes: 0, processedObjectCount: 0 }, 0, 'PARTIAL', 'STRUCTURE_CHECKED'],
  ])('verifies %j with %s errors: %s, %s', (stats, errorCount, outcome, strength) => {
    expect(readOutput({ stats, errorCount, errorStrings: [] }).records[0]).toMatchObject({ outcome, strength });
  });
});
