import type { NeutralRecord } from '../../reading/neutral-record';
import { framedBy, quietBackup, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { statisticsOf } from './rdiff-statistics';

const TOOL = 'rdiff-backup';
const VERBS = ['backup', 'list', 'verify', 'restore', 'compare', 'remove', 'regress', 'calculate', 'info'] as const;
type Verb = (typeof VERBS)[number];
/** The command line before 2.1, which is still taken: what is not a backup is an option. */
const OLD_OPTIONS: readonly [Verb, readonly string[]][] = [
  ['restore', ['-r', '--restore-as-of']],
  ['list', ['-l', '--list-increments', '--list-increment-sizes']],
  ['verify', ['--verify', '--verify-at-time']],
  ['compare', ['--compare', '--compare-at-time', '--compare-hash', '--compare-hash-at-time', '--compare-full']],
  ['compare', ['--compare-full-at-time', '--list-changed-since', '--list-at-time']],
  ['remove', ['--remove-older-than']],
  ['regress', ['--check-destination-dir']],
  ['calculate', ['--calculate-average', '--test-server', '--version', '-V']],
];

const TITLE = 'Session statistics';
/** The exit code is a sum: 1 is an error, 2 and up are warnings and files that were left out. */
const ERROR_BIT = 1;
const COMPLAINT = /^ *(?:WARNING|ERROR|FATAL)\b(?!.*\bdeprecated\b)/gm;
const LOCKED = /It appears that a previous rdiff-backup session|is already running|locked/i;
/** A remark on what goes on, folded for the reader. */
const REMARK = /^NOTE: .*(?:\n {9}.*)*$/gm;
const ALL_VERIFIED = /(?:Every file|All files) verified successfully/;
/** Files of which no digest is kept, as of those that old versions stored. */
const NOT_VERIFIED = /Verification found [1-9]\d* files without hash/;
const EXIT_FILES_WARNED = 8;
const COMPLAINT_LINES = /^ *(?:WARNING|ERROR|FATAL)\b.*(?:\n {9}.*)*$/gm;
/** A line of the table with sizes, which are of the differences. */
const SIZED = /^(\w{3} \w{3} +\d+ [\d:]+ \d{4}) {2,}\d.*$/gm;
const INCREMENT = /^\s*increments\.(\d{4}-\d\d-\d\dT[\d:-]+(?:Z|[+-]\d\d:\d\d))\.\w+/gm;

function verbOf(output: ToolOutput): Verb | null {
  const { command } = output;
  const isNamed = command.programOf([TOOL]) !== null;
  const [old] = OLD_OPTIONS.find(([, options]) => isNamed && hasOption(command, options)) ?? [];
  const restored = isNamed && command.last(2)[0]?.includes('rdiff-backup-data/increments') === true;
  return (isNamed ? command.verbOf(TOOL, VERBS) : null) ?? old ?? (restored ? 'restore' : verbOfPayload(output));
}

const hasOption = (command: ToolOutput['command'], options: readonly string[]): boolean =>
  command.hasBehind(TOOL, options) ||
  options.some((option) => option.startsWith('--') && command.valueOf(option) !== null);

function verbOfPayload({ stdout, text }: ToolOutput): Verb | null {
  if (stdout.includes(`[ ${TITLE} ]`)) return 'backup';
  if (ALL_VERIFIED.test(text) || /Computed SHA1 digest of [^]{0,300}? doesn't match/.test(text)) return 'verify';
  return isYamlList(stdout) ||
    PLAIN_LIST.test(stdout) ||
    /^Found \d+ increments?:$|^ +Time +Size +Cumulative size/m.test(stdout)
    ? 'list'
    : null;
}

/** `list increments --parsable-output` of 2.0 and up: seconds since 1970 and what stands at the top. */
const PLAIN_LIST = /^(?:\d{9,11} (?:directory|regular|special|missing)\n?)+$/;
const isYamlList = (stdout: string): boolean => /^---\n(?:- |  )?(?:\w+: .*\n(?:- |  )?)*time: \d+/.test(stdout);

function readBackup(output: ToolOutput): Reading {
  const statistics = statisticsOf(output.stdout, TITLE, ['StartTime', 'Errors']);
  // A note of what goes where is all that is said without --print-statistics.
  const quiet = output.command.programOf([TOOL]) !== null && !output.command.has('--print-statistics');
  const complaints = output.text.match(COMPLAINT) ?? [];
  if (quiet && output.exitCode === 0 && output.stdout.replace(REMARK, '').replace(COMPLAINT_LINES, '').trim() === '')
    return { records: [warned(quietBackup(TOOL, output), complaints.length, output)], ofThisRun: true };
  if (!statistics && !output.hasFailed) {
    const cut = output.stdout.includes(TITLE);
    throw new SubmissionRefused(cut ? 'TRUNCATED' : 'NOT_PARSEABLE', 'STATISTICS_CUT');
  }
  const value = (name: string): string | null => (statistics?.(name) as string | undefined) ?? null;
  const size = (name: string): bigint | null => (/^\d+$/.test(value(name) ?? '') ? BigInt(value(name)!) : null);
  const startedAt = epochTime(value('StartTime'));
  const errors = statistics ? Number(value('Errors')) : null;
  const failed = !statistics || ((output.exitCode ?? 0) & ERROR_BIT) === ERROR_BIT || (output.exitCode ?? 0) > 15;
  const framed = framedBy(output);
  const [, dataset, location] = /from source path\s+(\S+)\s+to destination path\s+(\S+)/.exec(output.text) ?? [];
  const record = recordOf(TOOL, {
    ...framed,
    kind: 'BACKUP',
    outcome: worst(
      failed ? 'FAILED' : 'PASSED',
      output.hasFailed || complaints.length > 0 || (errors ?? 0) > 0 ? 'PARTIAL' : 'PASSED',
    ),
    strength: 'COMPLETED',
    ...(startedAt && { startedAt, finishedAt: epochTime(value('EndTime')), timeBasis: 'EPOCH' as const }),
    recoveryPointAt: startedAt,
    sizeBytes: size('SourceFileSize'),
    storedBytes: size('TotalDestinationSizeChange'),
    sizeBasis: statistics && 'rdiff-backup SourceFileSize',
    dataset: dataset ?? null,
    location: location ?? null,
    errorCount: errors,
    message: output.stderr,
    runKey: startedAt ? `rdiff-backup:${Math.floor(startedAt.getTime() / 1000)}` : framed.runKey,
    flags: [
      ...(LOCKED.test(output.text) && failed ? ['REPO_LOCKED'] : []),
      ...(complaints.length > 0 ? ['STDERR_WARNING'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** A run that says nothing but what was wrong. */
const warned = (record: NeutralRecord, complaints: number, { stderr }: ToolOutput): NeutralRecord =>
  complaints === 0
    ? record
    : {
        ...record,
        outcome: 'PARTIAL',
        errorCount: complaints,
        message: stderr,
        flags: [...record.flags, 'STDERR_WARNING'],
      };

/** Increments by `--parsable-output`, whose YAML is one flat map an entry, or by name. Their sizes are of the differences, not of what is protected. */
function readList(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'rdiff-backup' });
  const { stdout } = output;
  const clock = output.clock();
  const byYaml = stdout.startsWith('---');
  if (byYaml && !/^\.\.\.$/m.test(stdout)) throw new SubmissionRefused('TRUNCATED', 'LIST_CUT');
  const plain = PLAIN_LIST.test(stdout);
  const bySize = /\(current mirror\)$/m.test(stdout);
  const [, mirror] = /^Current mirror: (.+)$/m.exec(stdout) ?? [];
  if (!byYaml && !plain && !bySize && !mirror)
    throw new SubmissionRefused(
      /^Found \d+ increment|Cumulative size/m.test(stdout) ? 'TRUNCATED' : 'NOT_PARSEABLE',
      'NOT_OUTPUT',
      { command: 'rdiff-backup list increments' },
    );
  const points =
    byYaml || plain
      ? [...stdout.matchAll(/^(?:(?:- |  )time: (\d+)$|(\d+) \w+$)/gm)].map(([, a, b]) => epochTime(a ?? b))
      : bySize
        ? [...stdout.matchAll(SIZED)].map(([, time]) => clock.read(time))
        : [...[...stdout.matchAll(INCREMENT)].map(([, time]) => offsetTime(time)), clock.read(mirror)];
  const records = points.flatMap((instant) =>
    instant === null
      ? []
      : recordOf(TOOL, {
          kind: 'BACKUP',
          outcome: 'PASSED',
          strength: 'LISTED',
          startedAt: instant,
          recoveryPointAt: instant,
          timeBasis: byYaml || plain ? 'EPOCH' : bySize ? 'SOURCE_TZ' : 'OFFSET',
          runKey: `rdiff-backup:${Math.floor(instant.getTime() / 1000)}`,
        }),
  );
  return { records, flags: [...clock.flags, ...(records.length === 0 ? ['EMPTY_INVENTORY'] : [])], ofWholeStore: true };
}

/** A verification or a restore: exit 0 also after a damaged file, of which only a warning tells. */
function readProof(output: ToolOutput, kind: 'VERIFICATION' | 'RESTORE_TEST'): Reading {
  const { text, exitCode } = output;
  const complaints = (text.match(COMPLAINT) ?? []).length;
  const wrong = complaints > 0 && /doesn't match|corrupt|Could not restore|mirror metadata/i.test(text);
  const unverified = NOT_VERIFIED.test(text) && !wrong && (exitCode ?? EXIT_FILES_WARNED) === EXIT_FILES_WARNED;
  const damaged = wrong || (!unverified && complaints > 0 && /digest|hash/i.test(text));
  if (exitCode === null && !damaged && !unverified && !ALL_VERIFIED.test(text))
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: 'rdiff-backup' });
  const failed = !unverified && (output.hasFailed || complaints > 0);
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind,
    outcome: failed ? 'FAILED' : unverified ? 'PARTIAL' : 'PASSED',
    strength: kind === 'VERIFICATION' ? 'DATA_CHECKED' : 'RESTORED',
    errorCount: failed ? complaints || null : 0,
    message: failed || unverified ? text : null,
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(unverified ? ['COVERAGE_PARTIAL'] : []),
      ...(kind === 'VERIFICATION' && failed && !damaged ? ['TOOL_FAILED'] : []),
      ...(failed && LOCKED.test(text) ? ['REPO_LOCKED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

export const RDIFF_BACKUP: ToolAdapter = {
  tool: TOOL,
  name: 'rdiff-backup',
  programs: ['rdiff-backup'],
  fits: (output) => verbOfPayload(output) !== null,
  read(output) {
    switch (verbOf(output)) {
      case 'list':
        return readList(output);
      case 'verify':
        return readProof(output, 'VERIFICATION');
      case 'restore':
        return readProof(output, 'RESTORE_TEST');
      case 'backup':
      case null:
        return readBackup(output);
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) =>
    reported(inletUrl, TOOL, 'rdiff-backup --api-version 201 backup --print-statistics /srv/data /backup/data'),
};
