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

const TITLE = 'Session statistics';
/** The exit code is a sum: 1 is an error, 2 and up are warnings and files that were left out. */
const ERROR_BIT = 1;
const COMPLAINT = /^ *(?:WARNING|ERROR|FATAL)\b(?!.*\bdeprecated\b)/gm;
const LOCKED = /It appears that a previous rdiff-backup session|is already running|locked/i;
/** A line of the table with sizes, which are of the differences. */
const SIZED = /^(\w{3} \w{3} +\d+ [\d:]+ \d{4}) {2,}\d.*$/gm;
const INCREMENT = /^\s*increments\.(\d{4}-\d\d-\d\dT[\d:-]+(?:Z|[+-]\d\d:\d\d))\.\w+/gm;

function verbOf(output: ToolOutput): Verb | null {
  const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, VERBS) : null;
  return named ?? verbOfPayload(output);
}

function verbOfPayload({ stdout, text }: ToolOutput): Verb | null {
  if (stdout.includes(`[ ${TITLE} ]`)) return 'backup';
  if (/Every file verified successfully|Computed SHA1 digest of .* doesn't match/.test(text)) return 'verify';
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
  if (
    quiet &&
    output.exitCode === 0 &&
    output.stdout.replace(/^NOTE: .*$/gm, '').trim() === '' &&
    !output.stderr.trim()
  )
    return { records: [quietBackup(TOOL, output)], ofThisRun: true };
  if (!statistics && !output.hasFailed) {
    const cut = output.stdout.includes(TITLE);
    throw new SubmissionRefused(cut ? 'TRUNCATED' : 'NOT_PARSEABLE', 'The output holds no whole session statistics', {
      length: output.stdout.length,
    });
  }
  const value = (name: string): string | null => (statistics?.(name) as string | undefined) ?? null;
  const size = (name: string): bigint | null => (/^\d+$/.test(value(name) ?? '') ? BigInt(value(name)!) : null);
  const startedAt = epochTime(value('StartTime'));
  const errors = statistics ? Number(value('Errors')) : null;
  const warned = (output.stderr.match(COMPLAINT) ?? []).length > 0;
  const failed = !statistics || ((output.exitCode ?? 0) & ERROR_BIT) === ERROR_BIT || (output.exitCode ?? 0) > 15;
  const framed = framedBy(output);
  const [, dataset, location] = /from source path\s+(\S+)\s+to destination path\s+(\S+)/.exec(output.text) ?? [];
  const record = recordOf(TOOL, {
    ...framed,
    kind: 'BACKUP',
    outcome: worst(
      failed ? 'FAILED' : 'PASSED',
      output.hasFailed || warned || (errors ?? 0) > 0 ? 'PARTIAL' : 'PASSED',
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
    flags: [...(LOCKED.test(output.stderr) && failed ? ['REPO_LOCKED'] : []), ...(warned ? ['STDERR_WARNING'] : [])],
  });
  return { records: [record], ofThisRun: true };
}

/** Increments by `--parsable-output`, whose YAML is one flat map an entry, or by name. Their sizes are of the differences, not of what is protected. */
function readList(output: ToolOutput): Reading {
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'rdiff-backup could not list the increments', {
      exitCode: output.exitCode,
    });
  const { stdout } = output;
  const clock = output.clock();
  const byYaml = stdout.startsWith('---');
  if (byYaml && !/^\.\.\.$/m.test(stdout))
    throw new SubmissionRefused('TRUNCATED', 'The list ends before its closing line', { length: stdout.length });
  const plain = PLAIN_LIST.test(stdout);
  const bySize = /\(current mirror\)$/m.test(stdout);
  const [, mirror] = /^Current mirror: (.+)$/m.exec(stdout) ?? [];
  if (!byYaml && !plain && !bySize && !mirror)
    throw new SubmissionRefused(
      /^Found \d+ increment|Cumulative size/m.test(stdout) ? 'TRUNCATED' : 'NOT_PARSEABLE',
      'This is not a list of increments',
      {
        begins: stdout.slice(0, 80),
      },
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
  const complaints = (output.text.match(COMPLAINT) ?? []).length;
  const damaged = /digest|hash|corrupt|doesn't match/i.test(output.text) && complaints > 0;
  if (output.exitCode === null && !damaged && !/Every file verified successfully/.test(output.text))
    throw new SubmissionRefused(
      'TRUNCATED',
      'The output does not say how the command ended, and its exit code is not known',
    );
  const failed = output.hasFailed || complaints > 0;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind,
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: kind === 'VERIFICATION' ? 'DATA_CHECKED' : 'RESTORED',
    errorCount: failed ? complaints || null : 0,
    message: failed ? output.text : null,
    flags: damaged ? ['DAMAGE_FOUND'] : [],
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
