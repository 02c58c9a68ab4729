import { type Json, isObject, parseExact } from '../../../payload/exact-json';
import { at } from '../../../payload/json-values';
import { framedBy, quietBackup, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { epochTime } from '../../../payload/tool-times';
import { reported } from '../../shell';
import type { Reading, ToolAdapter } from '../../tool-adapter';
import { type Statistics, statisticsOf } from '../rdiff-statistics';
import { readStatus, STATUS } from './duplicity-status';
import { inEnglish } from './duplicity-words';

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
/** `--skip-if-no-change`: nothing to store, so that there is no new set. */
const NOTHING_TO_STORE = /^Skipped volume upload/m;
const VERIFIED = /^Verify complete: (\d+) file(?:s|\(s\))? compared, (\d+) difference(?:s|\(s\))? found/m;
/** Said of what a lost manifest, a lost full set or a run that died has left in the store: none of it is looked at. */
const LEFT_OUT =
  /^Warning, found (?:incomplete backup sets|the following orphaned backup file|signatures but no corresponding)/m;
const HASH_MISMATCH =
  /hash mismatch|Invalid data|Error opening volume|manifest file .* (?:missing|not found)|Unknown hash/i;
/** The line of duplicity that breaks when a volume which the manifest names is gone. */
const VOLUME_LOST = /\bvolume_name_dict\[vol_num\]/;
const GPG_FAILED = /GPGError|GPG Failed/;
/** Of a wrong passphrase or key; gpg that speaks Japanese is not asked further. */
const NOT_OPENED = /decryption failed: (?:Bad session key|No secret key|Bad passphrase)|復号に失敗しました/;

/** Whether a part of what is stored is lost or not what was stored, as far as that can be told from a wrong passphrase. */
const isDamaged = ({ text }: ToolOutput): boolean =>
  HASH_MISMATCH.test(text) || VOLUME_LOST.test(text) || (GPG_FAILED.test(text) && !NOT_OPENED.test(text));

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
  const { command } = output;
  if (!statistics && output.exitCode === 0 && command.has('--no-print-statistics'))
    return { records: [quietBackup(TOOL, output)], ofThisRun: true };
  if (!statistics && !output.hasFailed) refuseNoRun(output);
  const unchanged = statistics !== null && NOTHING_TO_STORE.test(output.stdout);
  if (command.has('--dry-run') || (!unchanged && storedNothing(statistics))) return { records: [], flags: ['DRY_RUN'] };
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
    recoveryPointAt: unchanged ? null : startedAt,
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
  if (stdout.includes(`[ ${TITLE} ]`)) throw new SubmissionRefused('TRUNCATED', 'STATISTICS_CUT');
  if (!/Local and Remote metadata|Last full backup date|^\s*$/.test(stdout))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'duplicity' });
}

const lockFlags = ({ text, hasFailed }: ToolOutput): string[] =>
  hasFailed && /lockfile|could not acquire lock|Another (?:duplicity )?instance is already running/i.test(text)
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

function readVerify(output: ToolOutput): Reading {
  const [, compared, differences] = VERIFIED.exec(output.stdout) ?? [];
  if (compared === undefined && !output.hasFailed)
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'duplicity verify' });
  const damaged = isDamaged(output);
  const differing = Number(differences ?? 0) > 0;
  const leftOut = LEFT_OUT.test(output.text);
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(
      output.hasFailed || damaged || differing ? 'FAILED' : 'PASSED',
      compared === '0' || leftOut ? 'PARTIAL' : 'PASSED',
    ),
    strength: 'DATA_CHECKED',
    coverage: compared === '0' ? 0 : null,
    errorCount: differences === undefined ? null : Number(differences),
    message: damaged || differing || leftOut || output.hasFailed ? output.text : null,
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(differing && !damaged ? ['SOURCE_CHANGED'] : []),
      ...(compared === '0' ? ['NOTHING_VERIFIED'] : []),
      ...(leftOut ? ['INCOMPLETE_SET'] : []),
      ...(output.hasFailed && compared === undefined && !HASH_MISMATCH.test(output.text) ? ['TOOL_FAILED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

function readRestore(output: ToolOutput): Reading {
  if (output.command.has('--dry-run')) return { records: [], flags: ['NOT_A_RESTORE'] };
  if (output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: 'duplicity restore' });
  const damaged = isDamaged(output);
  const failed = output.hasFailed || damaged;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'RESTORE_TEST',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: 'RESTORED',
    errorCount: failed ? null : 0,
    message: output.stderr.trim() || (failed ? output.stdout : null),
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(LEFT_OUT.test(output.text) ? ['INCOMPLETE_SET'] : []),
      ...lockFlags(output),
    ],
  });
  return { records: [record], ofThisRun: true };
}

export const DUPLICITY: ToolAdapter = {
  tool: TOOL,
  name: 'duplicity',
  programs: ['duplicity'],
  fits: (output) => verbOfPayload(inEnglish(output)) !== null,
  read(given) {
    const output = inEnglish(given);
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
        return readRun(output);
      case null:
        // What a restore says at its beginning, or one who prunes: a backup would have gone on.
        if (output.hasFailed || output.command.programOf([TOOL]) !== null) return readRun(output);
        throw new SubmissionRefused('NOT_PARSEABLE', 'DEED_UNTOLD', { command: 'duplicity' });
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) =>
    reported(inletUrl, TOOL, 'LANGUAGE=C duplicity /srv/data file:///backup/data', { zoned: true }),
};
