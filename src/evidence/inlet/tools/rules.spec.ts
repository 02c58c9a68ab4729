import {
  borgCreated,
  RESTIC_SNAPSHOT,
  RESTIC_SUMMARY,
  readOutput,
  refusalOf,
} from '../../../../test/support/inlet-outputs';

describe('the worst mark', () => {
  const restic = { tool: 'restic', command: 'restic backup --json /srv' };

  it.each([
    ['a summary and exit code 0', RESTIC_SUMMARY, 0, '', 'PASSED'],
    ['a summary and exit code 3', RESTIC_SUMMARY, 3, '', 'PARTIAL'],
    ['a summary and exit code 1', RESTIC_SUMMARY, 1, '', 'FAILED'],
    [
      'a summary, exit code 0 and a source that is not there',
      RESTIC_SUMMARY,
      0,
      '/srv/b does not exist, skipping\n',
      'PARTIAL',
    ],
    [
      'a summary, exit code 0 and an unreadable file',
      RESTIC_SUMMARY,
      0,
      '{"message_type":"error","item":"/x"}\n',
      'PARTIAL',
    ],
    ['progress without a summary', { message_type: 'status', percent_done: 1 }, 0, '', 'FAILED'],
  ])('of restic backup with %s', (_, stdout, exitCode, stderr, outcome) => {
    const [record] = readOutput(stdout, { ...restic, exitCode, stderr: Buffer.from(stderr) }).records;
    expect(record?.outcome).toBe(outcome);
    expect(record?.recoveryPointAt !== null).toBe(outcome === 'PASSED' || outcome === 'PARTIAL');
  });

  it.each(['restic', 'borg', 'kopia', 'barman', 'etcd', 'vzdump'])(
    'of a run of %s that says nothing at all is its exit code, and no ping',
    (tool) => {
      expect(readOutput('', { tool, exitCode: 1 })).toMatchObject({ tool, records: [{ outcome: 'FAILED' }] });
      expect(refusalOf('', { tool, exitCode: 0 }).code).toBe('NOT_PARSEABLE');
    },
  );

  it('of a check is an error that is told beside an exit code of 0', () => {
    const stdout = { message_type: 'summary', num_errors: 2, broken_packs: ['ab'] };
    const { records, flags } = readOutput(stdout, { tool: 'restic', command: 'restic check --json' });
    expect(records[0]).toMatchObject({ kind: 'VERIFICATION', outcome: 'FAILED', errorCount: 2 });
    expect(flags).toContain('DAMAGE_FOUND');
  });

  it('of borg check --repair is that there was something to repair', () => {
    const stderr = Buffer.from('Starting repository check\nFinished full repository check, errors found.\n');
    const { records, flags } = readOutput('', { command: 'borg check --repair', stderr });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', expect.arrayContaining(['DAMAGE_FOUND'])]);
  });

  it('of pgbackrest verify is the status in its report, though it ends well', () => {
    const log = [
      '2026-11-23 01:49:06.899 P00   INFO: verify command begin 2.45: --repo=1 --stanza=main',
      '2026-11-23 01:49:07.891 P00   INFO: stanza: main',
      '    status: error',
      '      backup: 20261123-014812F, status: invalid, total files checked: 964, total valid files: 963',
      '        missing: 0, checksum invalid: 1, size invalid: 0, other: 0',
      '2026-11-23 01:49:07.900 P00   INFO: verify command end: completed successfully (1ms)',
    ].join('\n');
    const { records, flags } = readOutput(log);
    expect(records[0]).toMatchObject({ outcome: 'FAILED', strength: 'DATA_CHECKED' });
    expect(flags).toContain('DAMAGE_FOUND');
  });

  it('of a Kopia list is the count of errors', () => {
    const snapshot = {
      id: 'k1',
      source: { host: 'h', path: '/srv' },
      startTime: '2026-11-23T01:00:00Z',
      stats: { errorCount: 3 },
    };
    expect(readOutput([snapshot]).records[0]).toMatchObject({ outcome: 'PARTIAL', errorCount: 3, strength: 'LISTED' });
  });

  it('of a restore is one file that did not come back', () => {
    const stdout = { message_type: 'summary', total_files: 17, files_restored: 16, total_bytes: 5, bytes_restored: 4 };
    expect(readOutput(stdout, { command: 'restic restore latest --target /r --json' }).records[0]).toMatchObject({
      kind: 'RESTORE_TEST',
      outcome: 'FAILED',
    });
  });
});

describe('a list', () => {
  it('proves that recovery points exist and makes no verification of them', () => {
    const { records } = readOutput([RESTIC_SNAPSHOT], { command: 'restic snapshots --json' });
    expect(records).toEqual([expect.objectContaining({ kind: 'BACKUP', strength: 'LISTED' })]);
  });

  it('that could not be made is refused, and is not an empty one', () => {
    expect(refusalOf('', { command: 'restic snapshots --json', exitCode: 12 }).code).toBe('TOOL_FAILED');
    expect(readOutput([], { command: 'restic snapshots --json' }).flags).toContain('EMPTY_INVENTORY');
  });

  it('gives all its points, and none of them twice', () => {
    const other = { ...RESTIC_SNAPSHOT, id: 'c'.repeat(64), short_id: 'cccccccc' };
    const { records, flags } = readOutput([RESTIC_SNAPSHOT, other, RESTIC_SNAPSHOT], {
      command: 'restic snapshots --json',
    });
    expect(records.map(({ runKey }) => runKey)).toEqual(['restic:aaaaaaaa', 'restic:cccccccc']);
    expect(flags).toContain('DUPLICATE_IN_PAYLOAD');
  });

  it('names a snapshot as its run did, by the first 8 digits', () => {
    const [run] = readOutput(RESTIC_SUMMARY, { command: 'restic backup --json /srv' }).records;
    const [short] = readOutput(
      { ...RESTIC_SUMMARY, snapshot_id: '874df34b' },
      { command: 'restic backup --json /srv' },
    ).records;
    expect([run?.runKey, short?.runKey]).toEqual(['restic:874df34b', 'restic:874df34b']);
  });

  it('of more than can be taken at once is refused', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => ({
      ...RESTIC_SNAPSHOT,
      id: index.toString(16).padStart(64, '0'),
    }));
    expect(refusalOf(many, { command: 'restic snapshots --json' }).code).toBe('TOO_MANY_RECORDS');
  });
});

describe('a verification', () => {
  it('makes no recovery point', () => {
    const stdout = { message_type: 'summary', num_errors: 0 };
    const [record] = readOutput(stdout, { command: 'restic check --read-data --json' }).records;
    expect(record).toMatchObject({ strength: 'DATA_CHECKED', outcome: 'PASSED', recoveryPointAt: null });
  });

  it.each([
    ['--read-data-subset=1/4', 0.25],
    ['--read-data-subset=10%', 0.1],
    ['--read-data-subset 2G', 0],
  ])('of a part says which part: %s', (option, coverage) => {
    const { records, flags } = readOutput(
      { message_type: 'summary', num_errors: 0 },
      { command: `restic check ${option} --json` },
    );
    expect(records[0]?.coverage).toBe(coverage);
    expect(flags).toContain('COVERAGE_PARTIAL');
  });

  it('that found nothing to look at is partial', () => {
    const stderr = Buffer.from('--glob-archives vm-* does not match any archives\n');
    const { records, flags } = readOutput('', { command: 'borgmatic check', stderr });
    expect(records[0]).toMatchObject({ outcome: 'PARTIAL', coverage: 0 });
    expect(flags).toContain('NOTHING_VERIFIED');
  });

  it('that skipped a set is partial', () => {
    const log = [
      'P00   INFO: verify command begin 2.55.1: --stanza=main',
      "P00   INFO: backup '20261123-014812F' appears to be in progress, skipping",
      'P00   INFO: verify command end: completed successfully',
    ].join('\n');
    expect(readOutput(log, { command: 'pgbackrest --stanza=main verify' }).records[0]?.outcome).toBe('PARTIAL');
  });

  it('that ends silently is taken for one only with its exit code', () => {
    expect(readOutput('', { command: 'borg check' }).records[0]?.outcome).toBe('PASSED');
    expect(refusalOf('', { command: 'borg check', exitCode: null }).code).toBe('TRUNCATED');
  });
});

describe('the tool', () => {
  it('is refused as unknown when nothing tells it', () => {
    expect(refusalOf('hello').code).toBe('UNKNOWN_TOOL');
    expect(refusalOf('hello', { tool: 'backup-o-matic' }).code).toBe('UNKNOWN_TOOL');
  });

  it('is refused as ambiguous when two fit, with their names', () => {
    const { code, why } = refusalOf([]);
    expect(code).toBe('AMBIGUOUS_TOOL');
    expect(why.params['tools']).toContain('restic');
    expect(why.params['tools']).toContain('Kopia');
  });

  it('is refused when the payload is that of another', () => {
    const { code, why } = refusalOf(borgCreated('2026-11-23T01:00:00'), { tool: 'restic' });
    expect([code, why.params]).toEqual(['TOOL_MISMATCH', { declared: 'restic', seen: 'BorgBackup' }]);
  });

  it('is found behind whatever runs it', () => {
    expect(readOutput([], { command: 'sudo -u backup sh -c "nice /usr/bin/restic snapshots --json"' }).tool).toBe(
      'restic',
    );
  });

  it('may be declared by another of its names', () => {
    expect(readOutput(borgCreated('2026-11-23T01:00:00'), { tool: 'BorgBackup' }).tool).toBe('borg');
  });
});

describe('an exit code that nobody tells', () => {
  it('is flagged', () => {
    expect(readOutput(RESTIC_SUMMARY, { command: 'restic backup --json', exitCode: null }).flags).toContain(
      'EXIT_CODE_MISSING',
    );
  });
});
