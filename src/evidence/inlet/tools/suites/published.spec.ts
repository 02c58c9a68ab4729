import { readOutput } from '../../../../../test/support/inlet-outputs';

/*
 * Outputs in the shapes that users and makers of the tools have published in threads, documentation and interface definitions; names, times
 * and numbers are invented.
 */

const session = (sessionType: string, more: object = {}): object => ({
  id: `id-${sessionType}`,
  name: 'gyoumu nightly',
  jobId: 'j1',
  sessionType,
  creationTime: '2026-11-23T02:00:06.57+09:00',
  endTime: '2026-11-23T02:30:00.5+09:00',
  state: 'Stopped',
  progressPercent: 100,
  result: { result: 'Success', message: 'Success', isCanceled: false },
  usn: 42,
  ...more,
});

describe('Veeam', () => {
  it.each(['BackupJob', 'AgentBackup', 'EndpointBackup', 'PlatformBackupJob', 'IrisBackup'])('backs up by %s', (type) =>
    expect(readOutput({ data: [session(type)] }).records).toMatchObject([{ kind: 'BACKUP', outcome: 'PASSED' }]),
  );

  it.each([
    ...['DeleteBackup', 'RetrieveBackup', 'PerVmMoveBackup', 'CopyBackup', 'EpAgentOperationStopBackup'],
    ...['SqlLogBackup', 'OracleLogBackup', 'ConfigurationBackup', 'BackupCopyJob', 'ArchiveBackup', 'Retention'],
    ...['AgentsRecoveryAppliancesManagement', 'AzureInstantRecoveryStop', 'AzureInstantRecoveryMigrationUndo'],
  ])('makes nothing of %s, which makes no recovery point and restores none', (type) =>
    expect(readOutput({ data: [session(type)] })).toMatchObject({ tool: 'veeam', records: [], flags: [] }),
  );

  it.each(['RestoreVm', 'FileLevelRestore', 'InstantRecovery', 'EntraIdRestoreFromCopy'])('restores by %s', (type) =>
    expect(readOutput({ data: [session(type)] }).records).toMatchObject([
      { kind: 'RESTORE_TEST', strength: 'RESTORED', recoveryPointAt: null },
    ]),
  );

  it('validates by a SureBackup, not by one that only scans the backup files', () => {
    expect(readOutput({ data: [session('SureBackup'), session('SureBackupContentScan')] }).records).toMatchObject([
      { kind: 'RESTORE_TEST', strength: 'VALIDATED' },
      { kind: 'VERIFICATION', strength: 'STRUCTURE_CHECKED', recoveryPointAt: null },
    ]);
  });

  it('has no result and no end while it works', () => {
    const working = session('BackupJob', { state: 'Working', endTime: undefined, result: undefined });
    expect(readOutput(working).records).toMatchObject([
      { outcome: 'RUNNING', finishedAt: null, recoveryPointAt: null, flags: ['BACKUP_RUNNING'] },
    ]);
  });
});

describe('Azure Backup', () => {
  const job = (operation: string, more: object = {}): object => ({
    eTag: null,
    id: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/gov/backupJobs/j1',
    location: null,
    name: 'j1',
    properties: {
      actionsInfo: null,
      activityId: 'a1',
      backupManagementType: 'AzureWorkload',
      duration: '0:20:23.089669',
      endTime: '2026-11-22T17:42:00.867489+00:00',
      entityFriendlyName: 'hxe [hxehost]',
      errorDetails: null,
      extendedInfo: null,
      jobType: 'AzureWorkloadJob',
      operation,
      startTime: '2026-11-22T17:21:37.563909+00:00',
      status: 'Completed',
      workloadType: 'SAPHanaDatabase',
      ...more,
    },
    resourceGroup: 'rg',
    tags: null,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
  });

  it.each(['Backup', 'Backup (Full)', 'Backup (Differential)', 'Backup (Copy Only Full)'])(
    'makes a point by %s',
    (by) =>
      expect(readOutput([job(by)]).records).toMatchObject([
        {
          ...{ kind: 'BACKUP', outcome: 'PASSED', dataset: 'hxe [hxehost]', sizeBytes: null },
          recoveryPointAt: new Date('2026-11-22T17:21:37.563Z'),
        },
      ]),
  );

  it.each(['Backup (Log)', 'ConfigureBackup', 'DisableBackup', 'DeleteBackupData', 'Register'])(
    'makes none by %s',
    (by) => expect(readOutput([job(by)])).toMatchObject({ tool: 'azure-backup', records: [], flags: [] }),
  );

  it('tells which point it restored, where it says so', () => {
    expect(readOutput([job('Restore (Log)')]).records).toMatchObject([{ kind: 'RESTORE_TEST', recoveryPointAt: null }]);
    const restored = {
      id: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/disks/backupJobs/j2',
      name: 'j2',
      properties: {
        ...{ dataSourceName: 'disk1', operationCategory: 'Restore', operation: 'Restore', status: 'Completed' },
        ...{ startTime: '2026-11-22T07:12:09.940517Z', endTime: '2026-11-22T07:18:15.6815066Z', duration: 'PT6M5.7S' },
        extendedInfo: { sourceRecoverPoint: { recoveryPointTime: '2026-11-21T09:03:11.6889015Z' } },
      },
      type: 'Microsoft.DataProtection/BackupVaults/backupJobs',
    };
    expect(readOutput(restored).records).toMatchObject([
      {
        ...{ kind: 'RESTORE_TEST', dataset: 'disk1', location: 'disks', runKey: 'azure-backup:j2' },
        recoveryPointAt: new Date('2026-11-21T09:03:11.688Z'),
      },
    ]);
  });
});

describe('AWS Backup', () => {
  const arn = 'arn:aws:backup:ap-northeast-1:000000000000:recovery-point:r1';
  const described = {
    AccountId: '000000000000',
    BackupJobId: 'J1',
    BackupVaultName: 'vault',
    CreationDate: '2026-11-23T02:00:00-06:00',
    CompletionDate: '2026-11-23T02:21:42.734000-06:00',
    State: 'COMPLETED',
    PercentDone: '100.0',
    ResourceType: 'Aurora',
    StartBy: '2026-11-23T10:00:00-06:00',
  };

  it('describes a job whose size some services leave out, or call 0', () => {
    for (const size of [{}, { BackupSizeInBytes: 0, BytesTransferred: 0 }])
      expect(readOutput({ ...described, ...size }).records).toMatchObject([
        {
          outcome: 'PASSED',
          strength: 'COMPLETED',
          sizeBytes: null,
          recoveryPointAt: new Date('2026-11-23T08:00:00Z'),
        },
      ]);
  });

  it.each([
    ['Backup Job State Change', { backupJobId: 'J1', state: 'CREATED' }, 'RUNNING'],
    ['Backup Job State Change', { backupJobId: 'J1', state: 'PENDING', statusMessage: '' }, 'RUNNING'],
    ['Backup Job State Change', { backupJobId: 'J1', state: 'ABORTED', statusMessage: '"stopped by user."' }, 'FAILED'],
    ['Restore Job State Change', { restoreJobId: 'R1', state: 'CREATED' }, 'RUNNING'],
    ['Restore Job State Change', { restoreJobId: 'R1', status: 'FAILED', statusMessage: 'not permitted' }, 'FAILED'],
  ])('%s with %j is %s', (type, detail, outcome) => {
    const event = {
      version: '0',
      'detail-type': type,
      source: 'aws.backup',
      detail: { ...detail, creationDate: '2026-11-23T01:00:00.466Z' },
    };
    expect(readOutput(event).records).toMatchObject([{ outcome, recoveryPointAt: null }]);
  });

  it('lists what a vault holds: that it is there, and no more', () => {
    const point = {
      RecoveryPointArn: arn,
      BackupVaultName: 'vault',
      ResourceArn: 'arn:aws:ec2:ap-northeast-1:000000000000:volume/v1',
      Status: 'COMPLETED',
      CreationDate: '2026-11-23T11:00:00+09:00',
      CompletionDate: '2026-11-23T11:20:00+09:00',
      BackupSizeInBytes: 1_073_741_824,
    };
    const list = [
      point,
      { ...point, Status: 'PARTIAL', RecoveryPointArn: `${arn}2` },
      { ...point, Status: 'DELETING' },
    ];
    const read = readOutput({ RecoveryPoints: list, NextToken: 'more' });
    expect([read.tool, read.flags]).toEqual(['aws-backup', ['PAGE_INCOMPLETE', 'UNKNOWN_STATUS']]);
    expect(read.records).toMatchObject([
      {
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', sizeBytes: 1_073_741_824n, location: 'vault' },
        ...{ runKey: `aws-recovery-point:${arn}`, recoveryPointAt: new Date('2026-11-23T02:00:00Z') },
      },
      { outcome: 'PARTIAL' },
    ]);
    expect(readOutput({ RecoveryPoints: [] }).flags).toEqual(['EMPTY_INVENTORY']);
  });

  it('makes no two runs one because they have no id', () => {
    const event = { source: 'aws.backup', 'detail-type': 'Backup Job State Change', detail: { state: 'FAILED' } };
    expect(readOutput(event).records).toMatchObject([{ outcome: 'FAILED', runKey: null }]);
  });

  it('does not take copies for an empty list', () => {
    expect(readOutput({ CopyJobs: [{ CopyJobId: 'C1', State: 'COMPLETED' }] })).toMatchObject({
      records: [],
      flags: [],
    });
  });
});
