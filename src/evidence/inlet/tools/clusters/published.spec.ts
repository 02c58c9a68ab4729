import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Outputs in the shapes that users and makers of the tools have published in threads, documentation and source; names, times and numbers are
 * invented.
 */

describe('Velero', () => {
  const status = {
    completionTimestamp: '2026-11-22T17:04:41Z',
    expiration: '2026-12-22T17:00:03Z',
    formatVersion: '1.1.0',
    progress: { itemsBackedUp: 1030, totalItems: 1030 },
    startTimestamp: '2026-11-22T17:00:03Z',
    version: 1,
  };
  const item = (name: string, more: object): object => ({
    metadata: { name, namespace: 'velero', uid: `uid-${name}`, creationTimestamp: '2026-11-22T17:00:03Z' },
    spec: { storageLocation: 'default', hooks: {}, metadata: {}, ttl: '720h0m0s' },
    status: { ...status, ...more },
  });

  it('of two backups asked for by name leaves out what they are', () => {
    const items = [item('a', { phase: 'Completed' }), item('b', { phase: 'PartiallyFailed', errors: 5, warnings: 1 })];
    const list = { kind: 'BackupList', apiVersion: 'velero.io/v1', metadata: {}, items };
    expect(readOutput(list)).toMatchObject({
      tool: 'velero',
      records: [
        { runKey: 'velero:uid-a', outcome: 'PASSED', errorCount: null },
        { runKey: 'velero:uid-b', outcome: 'PARTIAL', errorCount: 5 },
      ],
    });
    expect(readOutput({ ...list, kind: 'RestoreList' }).records).toMatchObject([
      { kind: 'RESTORE_TEST', recoveryPointAt: null },
      { kind: 'RESTORE_TEST', outcome: 'PARTIAL' },
    ]);
    expect(refusalOf({ ...list, kind: 'ScheduleList' }, { tool: 'velero' }).code).toBe('NOT_PARSEABLE');
  });

  it('has nothing to list as null, too', () => {
    const empty = { kind: 'BackupList', apiVersion: 'velero.io/v1', metadata: {}, items: null };
    expect(readOutput(empty)).toMatchObject({ tool: 'velero', records: [], flags: ['EMPTY_INVENTORY'] });
  });
});

describe('Longhorn', () => {
  const backup = (status: object): object => ({
    apiVersion: 'longhorn.io/v1beta2',
    kind: 'Backup',
    metadata: { name: 'backup-7c58966e80464aed', labels: { 'backup-volume': 'pvc-1' } },
    spec: { snapshotName: 's1' },
    status: {
      backupCreatedAt: '',
      labels: null,
      lastSyncedAt: null,
      messages: null,
      size: '',
      volumeName: '',
      ...status,
    },
  });

  it.each([
    [{ state: '', snapshotCreatedAt: '' }, 'RUNNING'],
    [{ state: 'InProgress', progress: 4, snapshotCreatedAt: '2026-11-22T17:00:03Z' }, 'RUNNING'],
    [{ state: 'Error', progress: 84, error: 'failed to put object', snapshotCreatedAt: '' }, 'FAILED'],
  ])('with %j is %s and has neither size nor recovery point', (status, outcome) => {
    const { records, flags } = readOutput(backup(status));
    expect(records).toMatchObject([
      { outcome, sizeBytes: null, recoveryPointAt: null, dataset: 'pvc-1', runKey: 'longhorn:backup-7c58966e80464aed' },
    ]);
    expect(flags).not.toContain('UNKNOWN_STATUS');
  });
});

describe('the client of Proxmox Backup Server', () => {
  const TABLE = [
    '┌──────────────────────────────┬────────────┬─────────────────────────────────┐',
    '│ snapshot                     │       size │ files                           │',
    '╞══════════════════════════════╪════════════╪═════════════════════════════════╡',
    '│ vm/100/2026-11-21T17:00:02Z  │     60 GiB │ drive-virtio0.img index.json    │',
    '├──────────────────────────────┼────────────┼─────────────────────────────────┤',
    '│ host/db01/2026-11-22T17:00:0 │            │                                 │',
    '└──────────────────────────────┴────────────┴─────────────────────────────────┘',
  ]
    .join('\n')
    .replace('17:00:0 │', '17:00:04Z │');

  it('lists snapshots in a table, with rounded sizes, and without one while it is not finished', () => {
    const key = (group: string, time: string): string => `pbs:${group}/${Date.parse(time) / 1000}`;
    expect(readOutput(TABLE)).toMatchObject({
      tool: 'pbs',
      flags: ['SIZE_MISSING'],
      records: [
        {
          ...{ outcome: 'PASSED', strength: 'LISTED', sizeBytes: null, dataset: 'vm/100' },
          ...{ runKey: key('vm/100', '2026-11-21T17:00:02Z'), recoveryPointAt: new Date('2026-11-21T17:00:02Z') },
        },
        { outcome: 'PARTIAL', runKey: key('host/db01', '2026-11-22T17:00:04Z') },
      ],
    });
  });

  const log = (...lines: string[]): string =>
    [
      'Starting backup: host/db01/2026-11-23T01:00:01Z',
      'Client name: db01',
      'Starting backup protocol: Mon Nov 23 10:00:01 2026',
      'No previous manifest available.',
      "Upload directory '/' to 'pbs.example.jp:store' as root.pxar.didx",
      'skipping mount point: "proc"',
      ...lines,
    ].join('\n');
  const END = ['root.pxar: had to backup 4.39 GiB of 4.69 GiB (compressed 2.03 GiB) in 539.19s', 'Duration: 545.63s'];

  it.each([
    [log(...END, 'End Time: Mon Nov 23 10:09:07 2026'), 'PASSED'],
    [log('Uploaded 12129 chunks in 87 seconds (564 MB/s).', 'End Time: 2026-11-23T10:36:29+09:00'), 'PASSED'],
    [log('catalog upload error - channel closed', 'Error: inode 12 busy'), 'FAILED'],
    [log(...END, 'Error: unable to finish'), 'FAILED'],
    [log(), 'FAILED'],
  ])('is known by its log of a backup: %#', (text, outcome) => {
    const { tool, records } = readOutput(text, { exitCode: null });
    expect([tool, records.map(({ runKey }) => runKey)]).toEqual([
      'pbs',
      [`pbs:host/db01/${Date.parse('2026-11-23T01:00:01Z') / 1000}`],
    ]);
    expect(records).toMatchObject([{ outcome, dataset: 'host/db01', sizeBytes: null }]);
  });
});

describe('a verification by Proxmox Backup Server', () => {
  const at = (minute: number, text: string): string => `2026-11-23T06:${minute}:36+09:00: ${text}`;
  const HEAD = [
    at(45, "Starting datastore verify job 'store:v-b9f36788-189c'"),
    at(45, 'verify datastore store'),
    at(45, 'found 1 groups'),
    at(45, 'verify group store:ct/101 (2 snapshots)'),
  ];
  const READ = [
    at(45, 'verify store:ct/101/2026-11-22T15:43:57Z'),
    at(45, '  check root.pxar.didx'),
    at(46, '  verified 182.23/535.21 MiB in 14.66 seconds, speed 12.43/36.52 MiB/s (0 errors)'),
  ];
  const SKIPPED = at(46, 'SKIPPED: verify store:ct/101/2026-11-15T15:43:57Z (recently verified)');
  const BROKEN = [
    at(46, '  verified 182.23/535.21 MiB in 14.66 seconds, speed 12.43/36.52 MiB/s (2 errors)'),
    at(46, 'Failed to verify the following snapshots/groups:'),
    at(46, '\tct/101/2026-11-22T15:43:57Z'),
    at(46, 'TASK ERROR: verification failed - please check the log for details'),
  ];
  const key = `pbs:ct/101/${Date.parse('2026-11-22T15:43:57Z') / 1000}`;

  it.each([
    [[...HEAD, ...READ, at(47, 'TASK OK')], 'PASSED', null, [key], []],
    [[...HEAD, ...READ, SKIPPED, at(47, 'TASK OK')], 'PASSED', 0.5, [key], ['COVERAGE_PARTIAL']],
    [[...HEAD, SKIPPED, at(47, 'TASK OK')], 'PARTIAL', 0, [], ['COVERAGE_PARTIAL', 'NOTHING_VERIFIED']],
    [[...HEAD, ...READ, ...BROKEN], 'FAILED', null, [], ['DAMAGE_FOUND']],
    [[...HEAD, ...READ], 'RUNNING', null, [key], []],
  ])('reads every chunk of what it does not leave out: %#', (lines, outcome, coverage, covers, flags) => {
    const rows = lines.map((t, index) => ({ n: index + 1, t }));
    for (const payload of [lines.join('\n'), { data: rows, total: rows.length }]) {
      const { tool, records } = readOutput(payload, { exitCode: null });
      expect([tool, records.length]).toEqual(['pbs', 1]);
      expect(records).toMatchObject([
        {
          ...{ kind: 'VERIFICATION', strength: 'DATA_CHECKED', outcome, coverage, covers, flags, location: 'store' },
          ...{ startedAt: new Date('2026-11-22T21:45:36Z'), recoveryPointAt: null, timeBasis: 'OFFSET' },
        },
      ]);
    }
  });
});

describe('a log of a verification without its end', () => {
  it('is no success, whatever the exit code is', () => {
    const log =
      '2026-11-23T06:45:36+09:00: verify datastore store\n2026-11-23T06:45:36+09:00: verify store:vm/1/2026-11-22T15:43:57Z\n';
    expect(readOutput(log)).toMatchObject({ flags: ['NO_SUMMARY'], records: [{ outcome: 'FAILED', covers: [] }] });
  });
});

describe('a storage of Proxmox VE', () => {
  const onServer = {
    ...{ content: 'backup', ctime: 1_795_366_802, format: 'pbs-vm', size: 273_804_166_061, subtype: 'qemu', vmid: 931 },
    volid: 'store:backup/vm/931/2026-11-22T17:00:02Z',
  };
  const onDisk = {
    ...{ content: 'backup', ctime: 1_795_366_802, format: 'vma.zst', size: 3_221_225_472, subtype: 'qemu', vmid: 101 },
    volid: 'local:backup/vzdump-qemu-101-2026_11_23-02_00_02.vma.zst',
  };

  it('lists backups under the keys of the runs that made them', () => {
    const image = { content: 'images', format: 'raw', size: 1, vmid: 931, volid: 'local-lvm:vm-931-disk-0' };
    const verified = { ...onServer, verification: { state: 'ok', upid: 'UPID:x' } };
    const broken = { ...onServer, volid: 'store:backup/ct/7/2026-11-22T17:00:02Z', verification: { state: 'failed' } };
    const at = new Date('2026-11-22T17:00:02Z');
    const { tool, records } = readOutput({ data: [verified, onDisk, broken, image] });
    expect(tool).toBe('vzdump');
    expect(records).toMatchObject([
      {
        ...{ outcome: 'PASSED', strength: 'DATA_CHECKED', sizeBytes: 273_804_166_061n, storedBytes: null },
        ...{ runKey: `pbs:vm/931/${at.getTime() / 1000}`, recoveryPointAt: at, dataset: 'qemu/931', location: 'store' },
      },
      {
        ...{ outcome: 'PASSED', strength: 'LISTED', sizeBytes: null, storedBytes: 3_221_225_472n },
        ...{ runKey: 'vzdump:vzdump-qemu-101-2026_11_23-02_00_02', location: 'local', timeBasis: 'EPOCH' },
      },
      { outcome: 'FAILED', recoveryPointAt: null, flags: ['DAMAGE_FOUND'] },
    ]);
  });

  it('gives a size of 1 to a backup that is not finished', () =>
    expect(readOutput([{ ...onServer, size: 1 }])).toMatchObject({
      flags: ['SIZE_MISSING'],
      records: [{ outcome: 'PARTIAL', sizeBytes: null }],
    }));

  it('that holds no backup is an empty list, and one that could not be asked is none', () => {
    const image = { content: 'images', format: 'raw', size: 1, volid: 'local-lvm:vm-931-disk-0' };
    expect(readOutput([image]).flags).toEqual(['EMPTY_INVENTORY']);
    expect(refusalOf([onDisk], { exitCode: 2 }).code).toBe('TOOL_FAILED');
  });
});
