import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Logs as vzdump writes them (pve-manager, PVE/VZDump.pm: exec_backup_task, exec_backup, sendmail), in the shapes that its users have published:
 * the task log of a run by hand, the log of a guest with times, a job of several guests, and the mail of PVE 8.
 */
const TOKYO = { sourceTimeZone: 'Asia/Tokyo' };
const CONTAINER = `INFO: starting new backup job: vzdump 100 --compress gzip
INFO: Starting Backup of VM 100 (lxc)
INFO: Backup started at 2026-11-23 10:01:48
INFO: status = stopped
INFO: backup mode: stop
INFO: ionice priority: 7
INFO: CT Name: CT100
INFO: including mount point rootfs ('/') in backup
INFO: excluding bind mount point mp0 ('/data') from backup (not a volume)
INFO: creating vzdump archive '/var/lib/vz/dump/vzdump-lxc-100-2026_11_23-10_01_48.tar.gz'
INFO: Total bytes written: 611809280 (584MiB, 27MiB/s)
INFO: archive file size: 189MB
INFO: Finished Backup of VM 100 (00:00:22)
INFO: Backup finished at 2026-11-23 10:02:10
INFO: Backup job finished successfully
`;
const job = (...lines: string[]): string =>
  [
    'INFO: starting new backup job: vzdump 101 102 103 --mode snapshot --storage pbs',
    'INFO: Starting Backup of VM 101 (qemu)',
    "INFO: creating Proxmox Backup Server archive 'vm/101/2026-11-23T01:00:01Z'",
    'INFO: Finished Backup of VM 101 (00:02:30)',
    ...lines,
  ].join('\n');
const MAIL = `Details
=======
VMID    Name          Status    Time      Size           Filename
1000    vm-dev        ok        2m 41s    128.001 GiB    vm/1000/2026-11-23T01:00:03Z
1003    vm-scripts    err       18s       0 B            null

Total running time: 3m
Total size: 128.001 GiB

Log output was too long to be sent. See Task History for details!
`;

describe('vzdump', () => {
  it('tells of a container what was written, when, and what was left out', () => {
    const { tool, records, flags } = readOutput(CONTAINER, TOKYO);
    expect([tool, flags]).toEqual(['vzdump', ['SOURCE_TZ_USED']]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{
          kind: 'BACKUP',
          outcome: 'PASSED',
          strength: 'COMPLETED',
          sizeBytes: 611_809_280n,
          timeBasis: 'SOURCE_TZ',
        },
        ...{ dataset: 'lxc/100 CT100', errorCount: 0, runKey: 'vzdump:vzdump-lxc-100-2026_11_23-10_01_48' },
        startedAt: new Date('2026-11-23T01:01:48Z'),
        finishedAt: new Date('2026-11-23T01:02:10Z'),
        recoveryPointAt: new Date('2026-11-23T01:01:48Z'),
        message: "excluding bind mount point mp0 ('/data') from backup (not a volume)",
      }),
    ]);
  });

  it('is dated by its envelope where nobody says its zone', () => {
    const { records, flags } = readOutput(CONTAINER);
    expect(flags).toContain('SOURCE_TZ_MISSING');
    expect(records).toMatchObject([{ recoveryPointAt: new Date('2026-11-23T01:00:00Z'), timeBasis: 'ENVELOPE' }]);
  });

  it('names a backup on a Proxmox Backup Server as that server does, in UTC', () => {
    const { records } = readOutput(job('INFO: Backup job finished successfully', 'TASK OK'));
    const at = new Date('2026-11-23T01:00:01Z');
    expect(records).toMatchObject([{ runKey: `pbs:vm/101/${at.getTime() / 1000}`, recoveryPointAt: at }]);
  });

  it('of several guests fails only those that failed', () => {
    const log = job(
      'INFO: Starting Backup of VM 102 (lxc)',
      "ERROR: Backup of VM 102 failed - command 'rsync' failed: exit code 23",
      'INFO: Failed at 2026-11-23 10:05:00',
      'INFO: Starting Backup of VM 103 (qemu)',
      "INFO: creating Proxmox Backup Server archive 'vm/103/2026-11-23T01:06:00Z'",
      'INFO: Finished Backup of VM 103 (00:01:00)',
      'INFO: Backup job finished with errors',
      'TASK ERROR: job errors',
    );
    const { records } = readOutput(log, { ...TOKYO, exitCode: 255 });
    expect(records.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ...[
        ['qemu/101', 'PASSED'],
        ['lxc/102', 'FAILED'],
        ['qemu/103', 'PASSED'],
      ],
    ]);
    expect(records[1]).toMatchObject({ message: "command 'rsync' failed: exit code 23", recoveryPointAt: null });
  });

  it.each([
    [job("ERROR: prune 'vm/101' failed: permission check failed", 'INFO: Backup job finished with errors'), 'PARTIAL'],
    [job('INFO: Backup job finished with errors', 'TASK ERROR: job errors'), 'PARTIAL'],
    [job('INFO: Starting Backup of VM 102 (qemu)', 'TASK ERROR: interrupted by signal'), 'FAILED'],
    [job('INFO: Starting Backup of VM 102 (qemu)'), 'RUNNING'],
  ])('is no success when its log says otherwise, ends or goes on: %#', (log, outcome) => {
    expect(readOutput(log, { exitCode: null }).records.at(-1)).toMatchObject({ outcome });
  });

  it('is read with times before its lines, as in the log of a guest and in mails', () => {
    const lines = [
      '2026-11-23 10:01:48 INFO: Starting Backup of VM 100 (qemu)',
      '2026-11-23 10:01:49 INFO: VM Name: lasso',
      "2026-11-23 10:01:50 INFO: exclude disk 'scsi1' 'local:vm-100-disk-1' (backup=no)",
      "2026-11-23 10:01:51 INFO: creating vzdump archive '/mnt/dump/vzdump-qemu-100-2026_11_23-10_01_48.vma.zst'",
      '2026-11-23 10:09:00 INFO: Finished Backup of VM 100 (00:07:12)',
    ];
    for (const log of [lines, lines.map((line) => `100: ${line}`)])
      expect(readOutput(`${log.join('\r\n')}\r\n`, TOKYO).records).toMatchObject([
        { outcome: 'PASSED', dataset: 'qemu/100 lasso', finishedAt: new Date('2026-11-23T01:09:00Z') },
      ]);
  });

  it('is read from the table of a notification that leaves the log out', () => {
    const { records } = readOutput(MAIL, { exitCode: null });
    expect(records).toMatchObject([
      { outcome: 'PASSED', dataset: '1000 vm-dev', recoveryPointAt: new Date('2026-11-23T01:00:03Z') },
      { outcome: 'FAILED', dataset: '1003 vm-scripts', recoveryPointAt: null },
    ]);
  });

  it('is read line by line, as the API of Proxmox VE gives a task log', () => {
    const lines = CONTAINER.trim()
      .split('\n')
      .map((t, index) => ({ n: index + 1, t }));
    const one = readOutput(CONTAINER, TOKYO).records;
    for (const answer of [{ data: [...lines].reverse(), total: lines.length }, lines])
      expect(readOutput(answer, TOKYO).records).toEqual(one);
  });

  it('that never began a guest has failed, has nothing to do, or is none of it', () => {
    const failed =
      "INFO: starting new backup job: vzdump 100\nERROR: can't acquire lock '/var/run/vzdump.lock' (wait = 0)";
    expect(readOutput(failed, { exitCode: 255 }).records).toMatchObject([{ outcome: 'FAILED', runKey: 'rid:run-1' }]);
    expect(
      readOutput('INFO: starting new backup job: vzdump --all\nINFO: Backup job finished successfully'),
    ).toMatchObject({
      disposition: 'ACCEPTED_NO_RECORDS',
      flags: ['EMPTY_INVENTORY'],
    });
    expect(refusalOf('hello', { tool: 'vzdump' }).code).toBe('NOT_PARSEABLE');
  });
});
