import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Lists of tasks as `pvesh get /nodes/<node>/tasks` and `proxmox-backup-manager task list` print them with `--output-format json`, in the shapes
 * that programs which read them have published; names, times and numbers are invented.
 */

const START = 1_795_366_802;
const vzdump = {
  endtime: START + 600,
  id: '101',
  node: 'pve1',
  pid: 41_394,
  pstart: 183_697_408,
  starttime: START,
  status: 'OK',
  type: 'vzdump',
  upid: 'UPID:pve1:0000A1B2:0AF00000:6B030D92:vzdump:101:root@pam:',
  user: 'root@pam',
};
const verify = {
  endtime: START + 600,
  node: 'pbs',
  pid: 12_466,
  pstart: 33_455,
  starttime: START,
  status: 'OK',
  upid: 'UPID:pbs:000030B1:000082AF:0000000F:6B030D92:verificationjob:store\\x3aweekly:root@pam:',
  user: 'root@pam',
  worker_id: 'store:weekly',
  worker_type: 'verificationjob',
};
const at = new Date(START * 1000);

describe('tasks of Proxmox VE', () => {
  it('tell a run of vzdump, of which guest, when and on which node', () => {
    const { tool, flags, records } = readOutput([vzdump]);
    expect([tool, flags]).toEqual(['vzdump', []]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{
          kind: 'BACKUP',
          outcome: 'PASSED',
          strength: 'COMPLETED',
          timeBasis: 'EPOCH',
          runKey: `vzdump:${vzdump.upid}`,
        },
        ...{ startedAt: at, recoveryPointAt: at, finishedAt: new Date((START + 600) * 1000) },
        ...{ host: 'pve1', dataset: '101', location: null, sizeBytes: null, message: null },
      }),
    ]);
  });

  it.each([
    [{ status: 'WARNINGS: 2' }, 'PARTIAL', 'WARNINGS: 2'],
    [{ status: 'job errors', id: '' }, 'FAILED', 'job errors'],
    [{ status: 'interrupted by signal' }, 'FAILED', 'interrupted by signal'],
    [{ status: 'RUNNING', endtime: undefined }, 'RUNNING', null],
    [{ status: undefined, endtime: undefined }, 'RUNNING', null],
    [{ starttime: String(START) }, 'PASSED', null],
    [{ status: 'stopped', exitstatus: 'OK', endtime: undefined }, 'PASSED', null],
    [{ status: 'running', endtime: undefined }, 'RUNNING', null],
  ])('with %j are %s', (more, outcome, message) => {
    for (const payload of [
      [{ ...vzdump, ...more }],
      { data: [{ ...vzdump, ...more }] },
      { data: { ...vzdump, ...more } },
    ])
      expect(readOutput(payload).records).toMatchObject([{ outcome, message, startedAt: at }]);
  });

  it('that ended nobody knows how make no record', () => {
    for (const more of [{ status: 'unknown' }, { status: undefined }])
      expect(readOutput([{ ...vzdump, ...more }])).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
  });

  it('restore guests, and mean nothing otherwise', () => {
    const types = ['qmrestore', 'vzrestore', 'aptupdate', 'vncproxy', 'qmstart', 'prunebackups', 'constructor'];
    const tasks = types.map((type) => ({ ...vzdump, type, upid: `UPID:pve1:1:2:3:${type}:101:root@pam:` }));
    expect(readOutput(tasks).records.map(({ kind, strength }) => [kind, strength])).toEqual([
      ['RESTORE_TEST', 'RESTORED'],
      ['RESTORE_TEST', 'RESTORED'],
    ]);
  });

  it('that could not be listed are refused, and so are those that were cut', () => {
    expect(refusalOf([vzdump], { exitCode: 255 }).code).toBe('TOOL_FAILED');
    expect(refusalOf(JSON.stringify([vzdump]).slice(0, -2)).code).toBe('TRUNCATED');
  });
});

describe('tasks of Proxmox Backup Server', () => {
  it('tell a backup of a group in a store', () => {
    const backup = {
      ...verify,
      worker_type: 'backup',
      worker_id: 'store:vm/100',
      upid: 'UPID:pbs:1:2:3:4:backup:x:root@pam:',
    };
    const { tool, records } = readOutput([backup]);
    expect(tool).toBe('pbs');
    expect(records).toMatchObject([
      {
        ...{
          kind: 'BACKUP',
          outcome: 'PASSED',
          strength: 'COMPLETED',
          dataset: 'vm/100',
          location: 'store',
          host: null,
        },
        ...{ startedAt: at, recoveryPointAt: at, runKey: `pbs:${backup.upid}` },
      },
    ]);
  });

  it('tell of a job that verifies no more than that something was read', () => {
    const { records, flags } = readOutput({ data: [verify], total: 1 });
    expect(flags).toEqual(['COVERAGE_PARTIAL']);
    expect(records).toMatchObject([
      {
        ...{ kind: 'VERIFICATION', outcome: 'PASSED', strength: 'DATA_CHECKED', coverage: 0, covers: [] },
        ...{ dataset: null, location: 'store', recoveryPointAt: null },
      },
    ]);
    const failed = { ...verify, status: 'verification failed - please check the log for details' };
    expect(readOutput([failed]).records).toMatchObject([{ outcome: 'FAILED', coverage: null, message: failed.status }]);
    expect(readOutput([{ ...verify, endtime: undefined, status: undefined }]).records).toMatchObject([
      { outcome: 'RUNNING', finishedAt: null },
    ]);
  });

  it('name the snapshot that was verified alone', () => {
    const one = { ...verify, worker_type: 'verify_snapshot', worker_id: 'store:ct/7/6B030D92' };
    expect(readOutput([one]).records).toMatchObject([
      { coverage: null, dataset: 'ct/7', covers: [`pbs:ct/7/${0x6b030d92}`], flags: [] },
    ]);
    expect(readOutput([{ ...one, status: 'WARNINGS: 1' }]).records).toMatchObject([{ outcome: 'PARTIAL', covers: [] }]);
  });

  it('prune, collect garbage, sync and are read from without proving anything', () => {
    const tasks = ['garbage_collection', 'prune', 'prunejob', 'syncjob', 'reader', 'logrotate'].map((worker_type) => ({
      ...verify,
      worker_type,
    }));
    expect(readOutput(tasks)).toMatchObject({ tool: 'pbs', disposition: 'ACCEPTED_NO_RECORDS', flags: [] });
  });
});
