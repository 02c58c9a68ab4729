import { readOutput } from '../../../../../../test/support/inlet-outputs';

/* What pgBackRest 2.55 of Debian 13 said when it was run with two repositories, shortened. */

const alone = { command: null, exitCode: null };
const FULL = '20261129-005608F';
const KEY = `pgbackrest:main:2:${FULL}`;
const line = (text: string): string => `2026-11-29 00:57:57.567 P00   INFO: ${text}`;
const verified = (begin: string[], ...report: string[]): string =>
  [
    line('verify command begin 2.55.1: --log-level-console=info --output=text --repo=2 --stanza=main --verbose'),
    ...begin,
    'stanza: main',
    ...report,
    line('verify command end: completed successfully (988ms)'),
  ].join('\n');
const set = (label: string, status: string, files: number, invalid = 0): string[] => [
  `  backup: ${label}, status: ${status}, total files checked: ${files}, total valid files: ${files - invalid}`,
  ...(files > 0 ? [`    missing: 0, checksum invalid: ${invalid}, size invalid: 0, other: 0`] : []),
];
const SKIPPED = line("backup '20261129-005752F' appears to be in progress, skipping");
const OPEN = set('20261129-005752F', 'in-progress', 0);

describe('pgBackRest 2.55', () => {
  it('logs without times and processes on stderr', () => {
    const stderr = Buffer.from(
      [
        'INFO: backup command begin 2.55.1: --log-level-console=off --log-level-stderr=info --repo=2 --stanza=main',
        'INFO: new backup label = 20261129-005608F_20261129-005735I',
        'INFO: backup command end: completed successfully (462ms)',
      ].join('\n'),
    );
    expect(readOutput('', { command: null, exitCode: 0, stderr }).records).toMatchObject([
      { kind: 'BACKUP', outcome: 'PASSED', runKey: 'pgbackrest:main:2:20261129-005608F_20261129-005735I' },
    ]);
    const failed = Buffer.from(
      `${stderr.toString().split('\n')[0]}\nERROR: [062]: stop file exists for stanza main\nINFO: backup command end: aborted with exception [062]`,
    );
    expect(readOutput('', { command: null, exitCode: null, stderr: failed }).records).toMatchObject([
      { kind: 'BACKUP', outcome: 'FAILED', message: 'ERROR: [062]: stop file exists for stanza main' },
    ]);
  });

  it('says to which repository a run without --repo goes', () => {
    const log = [
      line('backup command begin 2.55.1: --repo2-path=/b/repo2 --repo3-path=/b/repo3 --stanza=main'),
      line('repo option not specified, defaulting to repo2'),
      line(`new backup label = ${FULL}`),
      line('backup command end: completed successfully (5895ms)'),
    ];
    expect(readOutput(log.join('\n'), alone).records).toMatchObject([{ runKey: KEY, location: 'repo2' }]);
  });

  it('proves nothing by a verification that found no backup', () => {
    const { records, flags } = readOutput(verified([], 'status: ok', '  backup: none found'), alone);
    expect(records).toMatchObject([{ kind: 'VERIFICATION', outcome: 'PARTIAL', coverage: 0, covers: [] }]);
    expect(flags).toContain('NOTHING_VERIFIED');
  });

  it('proves of a verification that passed over a set the part that it read', () => {
    const text = verified([SKIPPED], 'status: ok', ...set(FULL, 'valid', 966), ...OPEN);
    const { records, flags } = readOutput(text, alone);
    expect(records).toMatchObject([{ outcome: 'PARTIAL', coverage: 0.5, covers: [KEY], message: SKIPPED }]);
    expect(flags).toEqual(['COVERAGE_PARTIAL', 'EXIT_CODE_MISSING']);
  });

  it('also where only the report says that a set was passed over', () => {
    const text = ['stanza: main', 'status: ok', ...set(FULL, 'valid', 966), ...OPEN].join('\n');
    const command = 'pgbackrest --stanza=main --repo=2 --log-level-console=error --output=text --verbose verify';
    expect(readOutput(text, { command }).records).toMatchObject([{ outcome: 'PARTIAL', coverage: 0.5 }]);
  });

  it('proves nothing where all that there is was passed over', () => {
    const { records, flags } = readOutput(verified([SKIPPED], 'status: ok', ...OPEN), alone);
    expect(records).toMatchObject([{ outcome: 'PARTIAL', coverage: 0, covers: [] }]);
    expect(flags).toEqual(expect.arrayContaining(['COVERAGE_PARTIAL', 'NOTHING_VERIFIED']));
  });

  it('ends well with damage, which is of the damaged set alone', () => {
    const sound = set('20261129-005741F', 'valid', 971);
    const text = verified([SKIPPED], 'status: error', ...set(FULL, 'invalid', 969, 1), ...sound, ...OPEN);
    const { records, flags } = readOutput(text, { command: null, exitCode: 0 });
    expect(records).toMatchObject([{ outcome: 'FAILED', covers: [KEY] }]);
    expect(flags).toEqual(['COVERAGE_PARTIAL', 'DAMAGE_FOUND']);
  });

  it('says of a check and of a verification that they could not be made', () => {
    const failed = (verb: string) =>
      readOutput('P00  ERROR: [055]: unable to load info file\n', { command: `pgbackrest ${verb}`, exitCode: 55 });
    expect(failed('check')).toMatchObject({ records: [], flags: ['TOOL_FAILED'] });
    expect(failed('verify').flags).toEqual(['NO_SUMMARY', 'TOOL_FAILED']);
  });

  it.each([
    ['annotate command begin 2.55.1: --set=20200101-000000F --stanza=main', 'pgbackrest annotate', 75, ['TOOL_FAILED']],
    ['stanza-upgrade command begin 2.55.1: --stanza=main', 'pgbackrest stanza-upgrade', 0, []],
    ['[DRY-RUN] expire command begin 2.55.1: --dry-run --stanza=main', 'pgbackrest --dry-run expire', 0, []],
    ['[DRY-RUN] backup command begin 2.99: --dry-run --stanza=main', 'pgbackrest backup --dry-run', 0, []],
  ])('makes no backup of housekeeping: %s', (begun, command, exitCode, flags) => {
    const read = { tool: 'pgbackrest', records: [], flags };
    expect(readOutput(line(begun), { command: null, exitCode })).toMatchObject(read);
    expect(readOutput('', { command, exitCode })).toMatchObject(read);
  });

  it.each([
    [
      "[026]: raised from local-1 protocol: error restoring 'x': actual checksum '33af' does not match expected checksum 'c268'",
      1,
    ],
    ['[029]: raised from local-1 protocol: zlib threw error: [-3] data error', 1],
    [
      `[055]: raised from local-1 protocol: unable to open missing file '/b/repo1/backup/main/${FULL}/pg_data/base/5/2838.gz' for read`,
      1,
    ],
    ["[040]: unable to restore to path '/r' because it contains files", 0],
    ["[055]: unable to load info file '/b/repo1/backup/main/backup.info'", 0],
  ])('flags damage that a restore met and nothing else: %s', (error, damages) => {
    const log = [
      line('restore command begin 2.55.1: --pg1-path=/r --repo=2 --stanza=main'),
      line(`repo2: restore backup set ${FULL}, recovery will start at 2026-11-29 00:56:08`),
      `2026-11-29 01:46:36.138 P00  ERROR: ${error}`,
    ];
    const { records, flags } = readOutput(log.join('\n'), alone);
    expect(records).toMatchObject([{ kind: 'RESTORE_TEST', outcome: 'FAILED', covers: [KEY] }]);
    expect(flags.includes('DAMAGE_FOUND')).toBe(damages === 1);
  });
});
