import { readOutput } from '../../../../test/support/inlet-outputs';

describe('an empty list', () => {
  it.each([
    ['restic', '[]', {}],
    ['restic', '[]', { command: 'restic snapshots --json --host gyoumu-db01' }],
    ['borg', '{"archives":[],"encryption":{"mode":"repokey"},"repository":{"id":"a","location":"/r"}}', {}],
    ['kopia', '[]', { command: 'kopia snapshot list --all --json' }],
    [
      'duplicity',
      'Collection Status\nNo backup chains with active signatures found\nNo orphaned or incomplete backup sets found.\n',
      {},
    ],
    ['wal-g', '[]', { command: 'wal-g backup-list --detail --json' }],
    ['pbs', '[]', { command: 'proxmox-backup-client snapshot list --output-format json' }],
  ])('of %s says that the store holds nothing: %s', (tool, stdout, more) => {
    expect(readOutput(stdout, { tool, ...more })).toMatchObject({ records: [], ofEmptyStore: true });
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
      ofEmptyStore: false,
    });
  });

  it('within an event is one as well', () => {
    const event = { specversion: '1.0', id: '1', source: '/db01', type: 'restic.snapshots', data: [] };
    const read = readOutput(JSON.stringify(event), { tool: 'restic' });
    expect(read).toMatchObject({ records: [], ofEmptyStore: true });
  });

  it('is none when something is on it, whatever became of that', () => {
    const failed = '{"gyoumu-db01":[{"backup_id":"20261123T015953","status":"FAILED"}]}';
    expect(readOutput(failed, { tool: 'barman', sourceTimeZone: 'UTC' }).ofEmptyStore).toBe(false);
  });
});
