import { readOutput, RESTIC_SNAPSHOT, RESTIC_SUMMARY } from '../../../../test/support/inlet-outputs';

const AT = new Date('2026-11-23T01:10:00Z');

describe('an empty list', () => {
  it.each([
    ['restic', '[]', {}],
    ['restic', '[]', { command: 'restic snapshots --json --host gyoumu-db01' }],
    ['borg', '{"archives":[],"encryption":{"mode":"repokey"},"repository":{"id":"a","location":"/r"}}', {}],
    ['restic', '', { command: 'restic snapshots' }],
    ['kopia', '[]', { command: 'kopia snapshot list --all --json' }],
    [
      'duplicity',
      'Collection Status\nNo backup chains with active signatures found\nNo orphaned or incomplete backup sets found.\n',
      {},
    ],
    ['wal-g', '[]', { command: 'wal-g backup-list --detail --json' }],
    ['pbs', '[]', { command: 'proxmox-backup-client snapshot list --output-format json' }],
  ])('of %s says that the store holds nothing: %s', (tool, stdout, more) => {
    expect(readOutput(stdout, { tool, ...more })).toMatchObject({ records: [], listedAt: AT });
  });

  it.each([
    ['veeam', '{"data":[],"pagination":{"total":0,"count":0,"skip":0,"limit":100}}'],
    ['azure-backup', '{"value":[]}'],
    ['aws-backup', '{"BackupJobs":[]}'],
    ['velero', '{"apiVersion":"v1","kind":"List","items":[]}'],
    ['longhorn', '{"apiVersion":"v1","kind":"List","items":[]}'],
  ])('of jobs or of resources of %s says nothing of a store: %s', (tool, stdout) => {
    expect(readOutput(stdout, { tool })).toMatchObject({
      records: [],
      flags: ['EMPTY_INVENTORY'],
      listedAt: null,
    });
  });

  it('within an event is one as well', () => {
    const event = { specversion: '1.0', id: '1', source: '/db01', type: 'restic.snapshots', data: [] };
    const read = readOutput(JSON.stringify(event), { tool: 'restic' });
    expect(read).toMatchObject({ records: [], listedAt: AT });
  });
});

describe('a list', () => {
  it.each([
    ['restic', JSON.stringify([RESTIC_SNAPSHOT])],
    ['barman', '{"gyoumu-db01":[{"backup_id":"20261123T015953","status":"FAILED"}]}'],
  ])('of %s is of all that the store holds', (tool, stdout) => {
    expect(readOutput(stdout, { tool, sourceTimeZone: 'UTC' })).toMatchObject({
      disposition: 'ACCEPTED',
      listedAt: AT,
    });
  });

  it('of what a repository out of reach lacks is of a part', () => {
    const info = [{ name: 'gyoumu', backup: [], status: { code: 99 }, repo: [{ key: 2, status: { code: 99 } }] }];
    expect(readOutput(JSON.stringify(info), { tool: 'pgbackrest' }).listedAt).toBeNull();
  });

  it('is no run, and no description of one backup', () => {
    expect(readOutput(RESTIC_SUMMARY, { command: 'restic backup --json /srv' }).listedAt).toBeNull();
    const info = { archives: [{ id: 'b', name: 'a', start: '2026-11-23T01:00:00', stats: { original_size: 1 } }] };
    const repository = { id: 'a', location: '/r' };
    const read = readOutput(
      { ...info, repository, encryption: { mode: 'none' } },
      { tool: 'borg', sourceTimeZone: 'UTC' },
    );
    expect(read.listedAt).toBeNull();
  });
});
