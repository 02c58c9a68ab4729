import { readOutput, refusalOf } from '../../../../../../test/support/inlet-outputs';

/*
 * Outputs in the shapes that users and makers of the tools have published in threads and source; names, times and numbers are invented.
 */

const snapshot = (more: object = {}): object => ({
  id: '7ea8a276885b6f15689ac896760c140c',
  source: { host: 'db01', userName: 'root', path: '/srv' },
  description: '',
  startTime: '2026-11-23T10:00:14.469566268+09:00',
  endTime: '2026-11-23T10:02:09.31173974+09:00',
  rootEntry: {
    ...{
      name: 'srv',
      type: 'd',
      mode: '0700',
      mtime: '2026-11-22T00:01:36.523Z',
      obj: 'k64f0d06c7f3110811a34f75ed17ef05d',
    },
    summ: { size: 206_532_857_333, files: 358_814, symlinks: 0, dirs: 9_895, maxTime: '2026-11-22T00:00:00Z' },
  },
  ...more,
});

describe('kopia snapshot list --json', () => {
  it('tells times with an offset, and the size of the tree where there are no statistics', () => {
    expect(readOutput([snapshot({ retentionReason: ['latest-1', 'daily-1'] })]).records).toMatchObject([
      {
        ...{ strength: 'LISTED', outcome: 'PASSED', sizeBytes: 206_532_857_333n, errorCount: null, host: 'db01' },
        ...{ runKey: 'kopia:7ea8a276885b6f15689ac896760c140c', recoveryPointAt: new Date('2026-11-23T01:00:14.469Z') },
      },
    ]);
  });

  it('is read behind a notice of a newer version', () => {
    const notice = 'NOTICE: Kopia 0.22 is available for download.\n';
    expect(readOutput(`${notice}[\n ${JSON.stringify(snapshot())}\n]\n`)).toMatchObject({
      tool: 'kopia',
      records: [{ runKey: 'kopia:7ea8a276885b6f15689ac896760c140c' }],
    });
  });

  it.each([
    [snapshot({ incomplete: 'checkpoint' })],
    [snapshot({ rootEntry: { summ: { size: 1, incomplete: 'canceled' } } })],
  ])('lists what an interrupted run left, whether asked to or not: %#', (left) =>
    expect(readOutput([left])).toMatchObject({ records: [], flags: ['CHECKPOINT_SKIPPED', 'EMPTY_INVENTORY'] }),
  );
});

describe('kopia without --json', () => {
  const CREATED = [
    'Snapshotting root@db01:/srv/my data ...',
    ' * 0 hashing, 12 hashed (1.2 MB), 3 cached (40 KB), uploaded 1.3 MB, estimated 1.3 MB (100.0%) 0s left',
    'Created snapshot with root k93863d24a7d6975e4e5ceaa5698db886 and ID 1e0de6b5ed715d7567752af0c771cdb4 in 0s',
    '',
  ].join('\n');

  it.each([
    [CREATED, 0, 'PASSED', 0],
    [`${CREATED}WARN Ignored 3 error(s) while snapshotting root@db01:/srv/my data.\n`, 0, 'PARTIAL', 3],
    [`${CREATED}ERROR Found 1 fatal error(s) while snapshotting root@db01:/srv/my data.\n`, 1, 'FAILED', 1],
    [`${CREATED}ERROR Found 1 fatal error(s) while snapshotting root@db01:/srv/my data.\n`, null, 'FAILED', 1],
    [CREATED.replace('Created', 'Created partial'), 0, 'FAILED', 0],
  ])('names the snapshot that it created, and counts errors: %#', (text, exitCode, outcome, errorCount) => {
    const { tool, records } = readOutput('', { exitCode, stderr: Buffer.from(text) });
    expect(tool).toBe('kopia');
    expect(records).toMatchObject([
      {
        ...{ kind: 'BACKUP', strength: 'COMPLETED', outcome, errorCount, host: 'db01', dataset: '/srv/my data' },
        ...{ runKey: 'kopia:1e0de6b5ed715d7567752af0c771cdb4', sizeBytes: null },
      },
    ]);
  });

  const VERIFIED = 'Listing blobs...\nListed 546 blobs.\nProcessed 0 objects.\nFinished processing 2467 objects.\n';
  const BROKEN = `${VERIFIED}ERROR error processing root@db01:/srv@2026-11-22/a: error reading object c8b7: no such blob\n`;

  it.each([
    ['kopia snapshot verify', VERIFIED, 0, 'PASSED', 'STRUCTURE_CHECKED', null],
    ['kopia snapshot verify --verify-files-percent=100', VERIFIED, 0, 'PASSED', 'DATA_CHECKED', null],
    ['kopia snapshot verify --verify-files-percent=2', VERIFIED, 0, 'PASSED', 'DATA_CHECKED', 0.02],
    ['kopia snapshot verify', VERIFIED.replace('2467', '0'), 0, 'PARTIAL', 'STRUCTURE_CHECKED', 0],
    ['kopia snapshot verify', 'Listed 33 blobs.\nProcessed 0 objects.\n', 0, 'PASSED', 'STRUCTURE_CHECKED', null],
    ['kopia snapshot verify', BROKEN, 1, 'FAILED', 'STRUCTURE_CHECKED', null],
    [null, BROKEN, null, 'FAILED', 'STRUCTURE_CHECKED', null],
  ])('%s that says %j with exit code %s is %s', (command, text, exitCode, outcome, strength, coverage) => {
    const { records } = readOutput('', { command, exitCode, stderr: Buffer.from(text) });
    expect(records).toMatchObject([{ kind: 'VERIFICATION', outcome, strength, coverage, recoveryPointAt: null }]);
  });

  it('is no proof while it does not say that it ended', () => {
    const going = { command: 'kopia snapshot verify', exitCode: null, stderr: Buffer.from('Processed 12 objects.\n') };
    expect(refusalOf('', going).code).toBe('TRUNCATED');
  });
});
