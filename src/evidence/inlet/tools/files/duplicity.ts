import { type Json, isObject, parseExact } from '../../payload/exact-json';
import { at } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { type Statistics, statisticsOf } from './rdiff-statistics';

const TOOL = 'duplicity';
const VERBS = [
  'full',
  'incremental',
  'incr',
  'inc',
  'backup',
  'collection-status',
  'verify',
  'restore',
  'cleanup',
  'list-current-files',
  'remove-older-than',
  'remove-all-but-n-full',
  'remove-all-inc-of-but-n-full',
  'replicate',
] as const;
type Verb = (typeof VERBS)[number];

const TITLE = 'Backup Statistics';
const STATUS = /^Collection Status$/m;
/** ` full 20261123T020149Z 1 enc`: of `--log-fd`, in UTC. */
const MACHINE_SET = /^ (full|inc) (\d{8}T\d{6}Z) (\d+)\b|^chain-\w+/gm;
/** `Incremental  Mon Nov 23 02:02:01 2026  1`, in local time. */
const HUMAN_SET = /^ {2,}(Full|Incremental) {2,}(\w{3} \w{3} +\d+ [\d:]+ \d{4}) {2,}(\d+)$|^Chain start time:/gm;
const MACHINE_END = /^incomplete-sets-num \d+$/m;
const HUMAN_END =
  /^(?:No orphaned or incomplete backup sets found\.|Also found \d+ backup sets? not part of any chain.*)$/m;
const LEFTOVERS =
  /^Also found (?!0 backup sets? not part of any chain,\s+and 0 incomplete)|^(?:orphaned|incomplete)-sets-num [1-9]/m;
const NO_CHAINS = /^No backup chains with active signatures found$/m;
const VERIFIED = /^Verify complete: (\d+) files? compared, (\d+) differences? found/m;
const HASH_MISMATCH =
  /hash mismatch|Invalid data|Error opening volume|manifest file .* (?:missing|not found)|GPGError/i;

function verbOf(output: ToolOutput): Verb | null {
  const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, VERBS) : null;
  return named ?? (restoresImplicitly(output) ? 'restore' : verbOfPayload(output));
}

/** `duplicity file:///store /target`: a store before a folder is read from. */
function restoresImplicitly({ command }: ToolOutput): boolean {
  const [store = '', target = ''] = command.last(2);
  return command.programOf([TOOL]) !== null && /^[\w+.-]+:\/\//.test(store) && !/:\/\/|^-/.test(target);
}

function verbOfPayload({ stdout }: ToolOutput): Verb | null {
  // With -v8 and up a run prints the status of the collection before it begins.
  if (stdout.includes(`[ ${TITLE} ]`) || jsonStatistics(stdout)) return 'backup';
  if (STATUS.test(stdout)) return 'collection-status';
  return VERIFIED.test(stdout) ? 'verify' : null;
}

/** The statistics of `--jsonstat`, indented JSON between lines of text. */
function jsonStatistics(text: string): Statistics | null {
  const start = text.search(/^\{$/m);
  const end = start < 0 ? -1 : text.indexOf('\n}', start);
  const block = end < 0 ? null : text.slice(start, end + 2);
  if (!block?.includes('"SourceFileSize"')) return null;
  const holder = holderOf(parseExact(block), 'SourceFileSize');
  return holder === null ? null : (key) => at(holder, key);
}

/** The outermost object that has the key. */
function holderOf(value: Json, key: string): Json | null {
  if (!isObject(value)) return null;
  if (Object.hasOwn(value, key)) return value;
  return Object.values(value).reduce<Json | null>((found, inner) => found ?? holderOf(inner, key), null);
}

function readRun(output: ToolOutput): Reading {
  const statistics = statisticsOf(output.stdout, TITLE, ['Errors']) ?? jsonStatistics(output.stdout);
  if (!statistics && !output.hasFailed) refuseNoRun(output);
  if (output.command.has('--dry-run') || storedNothing(statistics)) return { records: [], flags: ['DRY_RUN'] };
  const framed = framedBy(output);
  const value = statistics ?? ((): Json | undefined => undefined);
  const startedAt = epochTime(value('StartTime'));
  const errors = numberOf(value('Errors'));
  const failed = output.hasFailed || !statistics;
  const record = recordOf(TOOL, {
    ...framed,
    kind: 'BACKUP',
    outcome: worst(failed ? 'FAILED' : 'PASSED', (errors ?? 0) > 0 ? 'PARTIAL' : 'PASSED'),
    strength: 'COMPLETED',
    ...(startedAt && { startedAt, finishedAt: epochTime(value('EndTime')), timeBasis: 'EPOCH' as const }),
    recoveryPointAt: startedAt,
    sizeBytes: sizeOf(value('SourceFileSize')),
    storedBytes: sizeOf(value('TotalDestinationSizeChange')),
    sizeBasis: statistics && 'duplicity SourceFileSize',
    errorCount: errors,
    message: output.stderr.trim() || (failed ? output.stdout : null),
    flags: [...(statistics ? [] : ['NO_SUMMARY']), ...lockFlags(output)],
  });
  return { records: [record], ofThisRun: true };
}

/** A run that changed nothing stores a volume and its signatures all the same: only `--dry-run` adds nothing to the store. */
const storedNothing = (statistics: Statistics | null): boolean =>
  statistics !== null && sizeOf(statistics('TotalDestinationSizeChange')) === 0n;

function refuseNoRun({ stdout }: ToolOutput): void {
  if (stdout.includes(`[ ${TITLE} ]`))
    throw new SubmissionRefused('TRUNCATED', 'The statistics end before they are complete', { length: stdout.length });
  if (!/Local and Remote metadata|Last full backup date|^\s*$/.test(stdout))
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of duplicity', {
      begins: stdout.slice(0, 80),
    });
}

const lockFlags = ({ text }: ToolOutput): string[] =>
  /lockfile|could not acquire lock|Another (?:duplicity )?instance is already running/i.test(text)
    ? ['REPO_LOCKED']
    : [];
const sizeOf = (value: Json | undefined): bigint | null => {
  const number = numberOf(value);
  return number === null ? null : BigInt(number);
};
const numberOf = (value: Json | undefined): number | null => {
  const number = typeof value === 'object' || value === undefined || value === '' ? NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
};

function readStatus(output: ToolOutput): Reading {
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'duplicity could not list the collection', {
      exitCode: output.exitCode,
    });
  const { stdout } = output;
  const machine = MACHINE_END.test(stdout);
  const none = NO_CHAINS.test(stdout);
  if (!STATUS.test(stdout) && !machine)
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not a collection status', { begins: stdout.slice(0, 80) });
  if (!machine && !HUMAN_END.test(stdout) && !none)
    throw new SubmissionRefused('TRUNCATED', 'The collection status ends before it is complete', {
      length: stdout.length,
    });
  const clock = output.clock();
  const records = setsOf(stdout, machine ? MACHINE_SET : HUMAN_SET).map((set) => setRecord(set, clock));
  return {
    records,
    flags: [
      ...clock.flags,
      ...(machine && STATUS.test(stdout) ? ['MIXED_OUTPUT'] : []),
      ...(LEFTOVERS.test(stdout) ? ['INCOMPLETE_SET'] : []),
      ...(records.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
    ofWholeStore: true,
  };
}

interface BackupSet {
  type: string;
  time: string;
  /** No volume of it is left, or the full set that it builds on is not in its chain. */
  lost: boolean;
}

/** The sets of all chains; a match without a type is where the next chain begins. */
function setsOf(text: string, pattern: RegExp): BackupSet[] {
  let rooted = false;
  return [...text.matchAll(pattern)].flatMap(([, type, time = '', volumes]) => {
    rooted = type !== undefined && (rooted || /^full$/i.test(type));
    return type === undefined ? [] : [{ type, time, lost: Number(volumes) === 0 || !rooted }];
  });
}

function setRecord({ type, time, lost }: BackupSet, clock: SourceClock): NeutralRecord {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const instant = y ? offsetTime(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : clock.read(time);
  const stamp = instant?.toISOString().replace(/[-:]|\.\d+/g, '');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: lost ? 'FAILED' : 'PASSED',
    strength: 'LISTED',
    startedAt: instant,
    recoveryPointAt: instant,
    timeBasis: instant && (y ? 'OFFSET' : 'SOURCE_TZ'),
    runKey: stamp ? `duplicity:${/^full$/i.test(type) ? 'full' : 'inc'}:${stamp}` : null,
    flags: lost ? ['INCOMPLETE_SET'] : [],
  });
}

function readVerify(output: ToolOutput): Reading {
  const [, compared, differences] = VERIFIED.exec(output.stdout) ?? [];
  if (compared === undefined && !output.hasFailed)
    throw new SubmissionRefused('TRUNCATED', 'duplicity verify has not said how many files it compared', {
      length: output.stdout.length,
    });
  const damaged = HASH_MISMATCH.test(output.text);
  const differing = Number(differences ?? 0) > 0;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(
      output.hasFailed || damaged || differing ? 'FAILED' : 'PASSED',
      compared === '0' ? 'PARTIAL' : 'PASSED',
    ),
    strength: 'DATA_CHECKED',
    coverage: compared === '0' ? 0 : null,
    errorCount: differences === undefined ? null : Number(differences),
    message: damaged || differing || output.hasFailed ? output.text : null,
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(differing && !damaged ? ['SOURCE_CHANGED'] : []),
      ...(compared === '0' ? ['NOTHING_VERIFIED'] : []),
      ...(output.hasFailed && compared === undefined && !damaged ? ['TOOL_FAILED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

function readRestore(output: ToolOutput): Reading {
  if (output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'duplicity restore does not say how it ends: its exit code is needed');
  const damaged = HASH_MISMATCH.test(output.text);
  const failed = output.hasFailed || damaged;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'RESTORE_TEST',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: 'RESTORED',
    errorCount: failed ? null : 0,
    message: output.stderr.trim() || (failed ? output.stdout : null),
    flags: damaged ? ['DAMAGE_FOUND'] : [],
  });
  return { records: [record], ofThisRun: true };
}

export const DUPLICITY: ToolAdapter = {
  tool: TOOL,
  name: 'duplicity',
  programs: ['duplicity'],
  fits: (output) => verbOfPayload(output) !== null,
  read(output) {
    switch (verbOf(output)) {
      case 'collection-status':
        return readStatus(output);
      case 'verify':
        return readVerify(output);
      case 'restore':
        return readRestore(output);
      case 'full':
      case 'incremental':
      case 'incr':
      case 'inc':
      case 'backup':
      case null:
        return readRun(output);
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'duplicity /srv/data file:///backup/data', { zoned: true }),
};
