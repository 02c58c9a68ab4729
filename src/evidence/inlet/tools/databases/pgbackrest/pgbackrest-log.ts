import type { NeutralRecord } from '../../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import type { Reading } from '../../tool-adapter';

type Verb = 'backup' | 'verify' | 'restore';

const EXIT_LOCKED = 50;
/** What stands before a message: a time unless that is switched off, and its process. A log on stderr has neither. */
const PREFIX = String.raw`^(?:(?:[\d-]+ [\d:.]+ )?P\d+ +)?`;
const BEGIN = new RegExp(
  String.raw`${PREFIX}INFO: (?<dry>\[DRY-RUN\] )?(?<verb>[a-z]+(?:-[a-z]+)*) command begin (?<version>[\d.]+)\S*:(?<options>.*)$`,
  'm',
);
const END = (verb: Verb): RegExp => new RegExp(`${PREFIX}INFO: ${verb} command end: completed successfully`, 'm');
const ERROR = new RegExp(String.raw`${PREFIX}ERROR: \[\d{3}\]: .*`, 'm');
const WARNING = new RegExp(`${PREFIX}WARN: .*`, 'm');
const LABEL = /new backup label = (\S+)/;
const RESTORED_SET = /repo(\d+): restore backup set ([^\s,]+)/;
/** One that a prior run left open, so that verify passed it over. */
const SKIPPED = /\bskipping\b|status: in-progress/i;
const PASSED_OVER = /\bbackup '([^']+)' appears to be in progress/g;
/** A set in the report of verify, which names sound ones only when it is verbose. */
const REPORTED_SET = /^[ \t]*backup: (\S+), status: ([^,\n]+), total files checked: (\d+)/gm;
const NO_SETS = /no (?:backups|archives) exist in the repo|^[ \t]*backup: none found/im;
/** Without --repo a backup goes to the first one that is configured. */
const DEFAULT_REPOSITORY = /repo option not specified, defaulting to (repo\d+)/;
const INVALID =
  /^[ \t]*status: error$|status: (?:invalid|manifest missing|backup not valid)|(?:checksum|size) invalid: [1-9]|missing: [1-9]|other: [1-9]|invalid checksum|invalid result/m;

/** Why a restore cannot read a file of the set: it is another one, is broken, or is gone. */
const SET_DAMAGE = new RegExp(
  String.raw`${PREFIX}ERROR: \[\d{3}\]: .*(?:actual checksum '\w+' does not match|threw error: \[|missing file '[^']*/pg_data/)`,
  'm',
);

/** The database itself was damaged when it was backed up: the set holds the damage. */
const PAGE_DAMAGE = /invalid page checksum/;

/** The verb that a log begins with, `dry-run` for one that only tries; null for other text. */
export function verbOfLog(output: ToolOutput): string | null {
  const begun = BEGIN.exec(output.text)?.groups;
  return begun ? (begun['dry'] ? 'dry-run' : (begun['verb'] ?? null)) : null;
}

/** A run told by its log, whose own times have no zone and are not used: the envelope knows them better. */
export function readLog(output: ToolOutput, verb: Verb): Reading {
  const { verb: began, version, options = '' } = BEGIN.exec(output.text)?.groups ?? {};
  // By itself it says no more than warnings, and how it is set to log stands in a file that is not seen here.
  if (output.stdout.trim() === '' && output.exitCode === 0 && !began)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NO_LOG_LEVEL');
  if (!began && !output.hasFailed && !/^stanza: /m.test(output.text))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'pgbackrest' });
  const ended = END(verb).test(output.text) || isWholeReport(output, verb);
  const failed = output.hasFailed || ERROR.test(output.text) || !ended;
  const from = (option: string): string | null =>
    new RegExp(` --${option}=(\\S+)`).exec(options)?.[1] ?? output.command.valueOf(`--${option}`);
  const base = recordOf('pgbackrest', {
    ...framedBy(output),
    kind: 'BACKUP',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: 'COMPLETED',
    dataset: from('stanza'),
    location: from('repo') ? `repo${from('repo')}` : (DEFAULT_REPOSITORY.exec(output.text)?.[1] ?? null),
    toolVersion: version ?? null,
    errorCount: failed ? null : 0,
    message: failed || WARNING.test(output.text) ? complaints(output) : null,
    flags: [
      ...(output.exitCode === EXIT_LOCKED || /unable to acquire lock/.test(output.text) ? ['REPO_LOCKED'] : []),
      ...(ended ? [] : ['NO_SUMMARY']),
    ],
  });
  const record = { backup: ofBackup, verify: ofVerify, restore: ofRestore }[verb](output, base);
  return { records: [record], ofThisRun: true };
}

/** `verify --output=text` without a log ends in a report of its own. */
const isWholeReport = (output: ToolOutput, verb: Verb): boolean =>
  verb === 'verify' &&
  output.exitCode === 0 &&
  !BEGIN.test(output.text) &&
  /^[ \t]*status: (?:ok|error)$/m.test(output.text);

const complaints = ({ text }: ToolOutput): string =>
  text
    .split('\n')
    .filter((line) => ERROR.test(line) || WARNING.test(line) || /status: (?:error|invalid)|\bskipping$/.test(line))
    .join('\n') || text.slice(-2_000);

function ofBackup(output: ToolOutput, base: NeutralRecord): NeutralRecord {
  const [, label] = LABEL.exec(output.text) ?? [];
  const repository = base.location ?? 'repo1';
  // Which of several repositories a run without --repo went to is the first one: pgbackrest backs up to that by itself.
  return {
    ...base,
    outcome: worst(label ? base.outcome : 'FAILED', PAGE_DAMAGE.test(output.text) ? 'PARTIAL' : 'PASSED'),
    location: label ? repository : base.location,
    recoveryPointAt: label ? base.finishedAt : null,
    runKey: label && base.dataset ? `pgbackrest:${base.dataset}:${repository.slice(4)}:${label}` : base.runKey,
  };
}

function ofVerify(output: ToolOutput, base: NeutralRecord): NeutralRecord {
  const damaged = INVALID.test(output.text);
  const skipped = SKIPPED.test(output.text);
  const sets = [...output.text.matchAll(REPORTED_SET)].map(([, label = '', status, files]) => ({
    label,
    status,
    files,
  }));
  const read = new Set(sets.flatMap(({ label, files }) => (Number(files) > 0 ? label : [])));
  const passedOver = new Set([
    ...[...output.text.matchAll(PASSED_OVER)].map(([, label]) => label),
    ...sets.flatMap(({ label, status }) => (status === 'in-progress' ? label : [])),
  ]);
  const isVerbose = sets.some(({ status }) => status === 'valid' || status === 'in-progress');
  const none = !damaged && NO_SETS.test(output.text) && read.size === 0;
  // What a failure is about is what is damaged, not the sets beside it.
  const about = sets.filter(({ status }) => (status === 'valid') !== damaged && status !== 'in-progress');
  const repository = base.location?.slice(4);
  return {
    ...base,
    kind: 'VERIFICATION',
    strength: 'DATA_CHECKED',
    outcome: worst(base.outcome, damaged ? 'FAILED' : 'PASSED', skipped || none ? 'PARTIAL' : 'PASSED'),
    coverage: none ? 0 : skipped && isVerbose ? read.size / (read.size + passedOver.size || 1) : null,
    errorCount: damaged ? null : base.errorCount,
    message: damaged || skipped ? complaints(output) : base.message,
    covers:
      base.dataset && repository
        ? [...new Set(about.map(({ label }) => `pgbackrest:${base.dataset}:${repository}:${label}`))]
        : [],
    flags: [
      ...base.flags,
      ...(damaged ? ['DAMAGE_FOUND'] : output.hasFailed ? ['TOOL_FAILED'] : []),
      ...(skipped ? ['COVERAGE_PARTIAL'] : []),
      ...(none || (skipped && read.size === 0) ? ['NOTHING_VERIFIED'] : []),
    ],
  };
}

function ofRestore(output: ToolOutput, base: NeutralRecord): NeutralRecord {
  const [, repository, label] = RESTORED_SET.exec(output.text) ?? [];
  return {
    ...base,
    kind: 'RESTORE_TEST',
    strength: 'RESTORED',
    location: repository ? `repo${repository}` : base.location,
    covers: label && base.dataset ? [`pgbackrest:${base.dataset}:${repository}:${label}`] : [],
    flags: [...base.flags, ...(SET_DAMAGE.test(output.text) ? ['DAMAGE_FOUND'] : [])],
  };
}
