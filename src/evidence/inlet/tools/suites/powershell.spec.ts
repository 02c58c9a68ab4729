import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Objects as `ConvertTo-Json` writes them: properties as scripts that read sessions of Veeam use them and the documentation of Azure PowerShell
 * shows them, numbers of enumerations as queries of Veeam's database that were published; names, times and numbers are invented.
 */

const START = 1_795_366_806_570;
const unframed = { exitCode: null, startedAt: null, finishedAt: null };

describe('sessions of Veeam by PowerShell', () => {
  const session = {
    Name: 'gyoumu nightly (Incremental)',
    JobName: 'gyoumu nightly',
    JobId: '4856ab37-2235-45e8-affe-d515878b01a9',
    JobType: 0,
    JobTypeString: 'VMware Backup',
    State: -1,
    Result: 0,
    CreationTime: `/Date(${START})/`,
    EndTime: `/Date(${START + 1_800_000})/`,
    Id: 'd46e39e0-1131-4585-91a7-e828ce7eafae',
    IsCompleted: true,
    Progress: { TotalSize: 1, Duration: { Ticks: 1 } },
  };
  const words = { JobType: 'Backup', State: 'Stopped', Result: 'Success' };

  it('tell a backup under the key of the REST interface, by numbers and by words', () => {
    for (const payload of [session, [session], { value: [session], Count: 1 }, { ...session, ...words }]) {
      const { tool, flags, records } = readOutput(payload, unframed);
      expect([tool, flags]).toEqual(['veeam', []]);
      expect(records).toEqual([
        expect.objectContaining({
          ...{
            kind: 'BACKUP',
            outcome: 'PASSED',
            strength: 'COMPLETED',
            timeBasis: 'EPOCH',
            dataset: 'gyoumu nightly',
          },
          ...{ runKey: 'veeam:d46e39e0-1131-4585-91a7-e828ce7eafae', sizeBytes: null, message: null },
          startedAt: new Date(START),
          recoveryPointAt: new Date(START),
          finishedAt: new Date(START + 1_800_000),
        }),
      ]);
    }
  });

  it.each([
    [{ Result: 1 }, 'PARTIAL'],
    [{ Result: 2 }, 'FAILED'],
    [{ Result: 'Warning' }, 'PARTIAL'],
    [{ Result: 'Failed', State: 'Stopped' }, 'FAILED'],
    [{ Result: -1, State: 3, EndTime: '/Date(-2208988800000)/' }, 'RUNNING'],
    [{ Result: 'None', State: 'Working', EndTime: '1900-01-01T00:00:00' }, 'RUNNING'],
    [{ Result: 0, State: undefined }, 'PASSED'],
    [{ Result: -1, State: undefined }, 'RUNNING'],
    [{ Result: { value: 0, Value: 'Success' } }, 'PASSED'],
  ])('with %j are %s', (more, outcome) => {
    const { records } = readOutput({ ...session, ...more }, unframed);
    expect(records).toMatchObject([{ outcome, startedAt: new Date(START) }]);
    if (outcome === 'RUNNING') expect(records).toMatchObject([{ finishedAt: null, recoveryPointAt: null }]);
  });

  it('make nothing of a result, and of the number of a type, that nobody knows', () => {
    for (const more of [{ Result: 7 }, { Result: -1 }, { JobType: 4031 }, { Result: 'Odd' }])
      expect(readOutput({ ...session, ...more })).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
  });

  it.each([1, 51, 100, 'Replica', 'BackupSync', 'ConfBackup', 'VmTapeBackup', 'SimpleBackupCopyPolicy'])(
    'make no recovery point by the type %s',
    (JobType) => expect(readOutput({ ...session, JobType })).toMatchObject({ tool: 'veeam', records: [], flags: [] }),
  );

  it('are dated as they say: with an offset, in UTC by the name, or in the zone of the source', () => {
    const at = (more: object, changes = {}): object[] =>
      readOutput({ ...session, ...more }, { ...unframed, ...changes }).records.map(({ startedAt, timeBasis }) => ({
        startedAt: startedAt?.toISOString() ?? null,
        timeBasis,
      }));
    const startedAt = '2026-11-22T17:00:06.570Z';
    const local = { CreationTime: '2026-11-23T02:00:06.57' };
    expect(at({ CreationTime: '2026-11-23T02:00:06.5700000+09:00' })).toEqual([{ startedAt, timeBasis: 'OFFSET' }]);
    expect(at({ ...local, CreationTimeUTC: '2026-11-22T17:00:06.57' })).toEqual([{ startedAt, timeBasis: 'OFFSET' }]);
    expect(at(local, { sourceTimeZone: 'Asia/Tokyo' })).toEqual([{ startedAt, timeBasis: 'SOURCE_TZ' }]);
    expect(readOutput({ ...session, ...local }, unframed)).toMatchObject({
      flags: ['SOURCE_TZ_MISSING'],
      records: [{ startedAt: null, recoveryPointAt: null }],
    });
  });

  it('that could not be listed or were cut are refused', () => {
    expect(refusalOf(session, { exitCode: 1 }).code).toBe('TOOL_FAILED');
    expect(refusalOf(JSON.stringify([session]).slice(0, -1)).code).toBe('TRUNCATED');
  });
});

describe('jobs of Azure Backup by PowerShell', () => {
  const job = {
    IsCancellable: false,
    IsRetriable: false,
    ErrorDetails: null,
    ActivityId: '00000000-5b71-4d73-9465-8a4a91f13a36',
    JobId: '00000000-6c46-496e-980a-3740ccb2ad75',
    Operation: 'Backup',
    Status: 'Completed',
    WorkloadName: 'gyoumu-vm',
    StartTime: `/Date(${START})/`,
    EndTime: '2026-11-22T17:30:06.57Z',
    Duration: { Ticks: 1, Hours: 0 },
    BackupManagementType: 1,
  };

  it('tell a backup under the key of the command line', () => {
    for (const payload of [job, [job]]) {
      const { tool, flags, records } = readOutput(payload, unframed);
      expect([tool, flags]).toEqual(['azure-backup', []]);
      expect(records).toEqual([
        expect.objectContaining({
          ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', timeBasis: 'EPOCH', dataset: 'gyoumu-vm' },
          ...{ runKey: `azure-backup:${job.JobId}`, location: null, sizeBytes: null, message: null },
          startedAt: new Date(START),
          recoveryPointAt: new Date(START),
          finishedAt: new Date('2026-11-22T17:30:06.570Z'),
        }),
      ]);
    }
  });

  it.each([
    [{ Status: 'CompletedWithWarnings' }, 'BACKUP', 'PARTIAL', null],
    [
      { Status: 'Failed', ErrorDetails: [{ ErrorCode: 1, ErrorMessage: 'no snapshot' }] },
      'BACKUP',
      'FAILED',
      'no snapshot',
    ],
    [{ Status: 'Cancelled' }, 'BACKUP', 'FAILED', null],
    [{ Status: 'InProgress', EndTime: null }, 'BACKUP', 'RUNNING', null],
    [{ Operation: 'Restore' }, 'RESTORE_TEST', 'PASSED', null],
  ])('with %j tell a %s that is %s', (more, kind, outcome, message) =>
    expect(readOutput([{ ...job, ...more }], unframed).records).toMatchObject([{ kind, outcome, message }]),
  );

  it('make nothing of what is no backup, and of a status that nobody knows', () => {
    for (const Operation of ['ConfigureBackup', 'DeleteBackupData', 'Register', 'Backup (Log)'])
      expect(readOutput([{ ...job, Operation }])).toMatchObject({ tool: 'azure-backup', records: [], flags: [] });
    for (const Status of ['Odd', 7])
      expect(readOutput([{ ...job, Status }])).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
    expect(refusalOf([job], { exitCode: 1 }).code).toBe('TOOL_FAILED');
  });
});

it('a word of a payload is never the basis of its times', () => {
  const times = { creationTime: '2026-11-23T01:00:00Z', endTime: '2026-11-23T02:00:00Z', timeBasis: '<script>' };
  const session = {
    id: 'd46e39e0',
    name: 'nightly',
    sessionType: 'BackupJob',
    state: 'Stopped',
    result: { result: 'Success' },
  };
  expect(readOutput({ ...session, ...times }, { ...unframed, tool: 'veeam' }).records[0]).toMatchObject({
    timeBasis: 'OFFSET',
  });
  const properties = {
    ...{ operation: 'Backup', status: 'Completed', startTime: times.creationTime, endTime: times.endTime },
    entityFriendlyName: 'vm',
  };
  const type = 'Microsoft.RecoveryServices/vaults/backupJobs';
  const job = { id: '/subscriptions/1/x', name: '0199', type, properties, timeBasis: '<script>' };
  expect(readOutput([job], unframed).records[0]).toMatchObject({ timeBasis: 'OFFSET' });
});
