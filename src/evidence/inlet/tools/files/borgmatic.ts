import type { Json } from '../../payload/exact-json';
import type { ToolOutput } from '../../payload/tool-output';
import type { NeutralRecord } from '../../reading/neutral-record';
import { datedBy, framedBy, quietBackup, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import {
  TEXT_ARCHIVE,
  TEXT_INFO,
  TEXT_OF_REPOSITORY,
  createdRecord,
  humanArchive,
  humanList,
  isCreated,
  isListed,
  isOfRepository,
  listedRecords,
  shownRecords,
} from './borg-archives';
import { borgLogOf, checkRecord, extractRecord, isOfBorgmatic } from './borg-log';

const TOOL = 'borgmatic';
/** What counts first when one run is told to do several things. */
const VERBS = ['create', 'check', 'extract', 'repo-list', 'rlist', 'list', 'repo-info', 'rinfo', 'info'] as const;
/** They prove nothing. */
const SIDE_VERBS = [
  ...['prune', 'compact', 'delete', 'repo-create', 'rcreate', 'init', 'repo-delete', 'rdelete', 'export-tar'],
  ...['mount', 'umount', 'key', 'break-lock', 'config', 'borg', 'transfer', 'recreate', 'restore'],
] as const;
type Verb = (typeof VERBS)[number] | 'other';

const ENDED = /^(?:.*: )?Successfully ran configuration file$/m;
const CREATING = /: Creating archive/;
const DRY_RUN = /: Creating archive \(dry run;/;
const CHECKING = /: Running consistency checks$/m;
/** Lines of a list or of what is known of archives that are not borg's own. */
const FRAME =
  /^(?:.*: (?:Listing (?:archives|repository)|Displaying .* summary information)|summary:|(?:.*: )?Successfully ran .*)$/gm;

/** What borgmatic tells of an archive without `--stats`: that it is made, and that all is done. */
function endedWell(text: string): boolean {
  const start = text.search(CREATING);
  return start >= 0 && ENDED.test(text.slice(start));
}

function verbOf(output: ToolOutput): Verb | null {
  const { command } = output;
  if (command.programOf([TOOL]) === null) return verbOfPayload(output);
  const named = VERBS.find((verb) => command.verbOf(TOOL, [verb]) !== null);
  if (named) return named;
  const isOther = command.verbOf(TOOL, SIDE_VERBS) !== null || command.hasBehind(TOOL, ['--version', '--help', '-h']);
  // Told nothing, it does all that is configured, a backup before all.
  return isOther ? 'other' : (verbOfPayload(output) ?? 'create');
}

function verbOfPayload(output: ToolOutput): Verb | null {
  const { document } = output.jsonAlone;
  if (Array.isArray(document) && document.length > 0) {
    if (document.every(isCreated)) return 'create';
    return document.every(isListed) ? 'list' : null;
  }
  if (document !== undefined || !isOfBorgmatic(output)) return null;
  const { text } = borgLogOf(output);
  if (TEXT_INFO.test(text)) return 'info';
  if (TEXT_ARCHIVE.test(text) || CREATING.test(text)) return 'create';
  if (/: Listing (?:archives|repository)$/m.test(text)) return 'list';
  return borgLogOf(output).isOfCheck || CHECKING.test(text) ? 'check' : null;
}

/** One archive a repository. When it ends badly, one of them has none: that is a run of its own that failed. */
function readCreate(output: ToolOutput): Reading {
  const log = borgLogOf(output);
  const { command } = output;
  if (DRY_RUN.test(log.text) || command.hasBehind(TOOL, ['--dry-run', '-n']))
    return { records: [], flags: ['DRY_RUN'] };
  const clock = output.clock();
  const { document } = output.jsonAlone;
  const created = Array.isArray(document) ? document.filter(isCreated) : [];
  const told = log.text.split(/^(?=Repository: )/m).flatMap((block) => humanArchive(block, clock) ?? []);
  const silent = output.isSilent && !command.hasBehind(TOOL, ['--json', '--stats', '--list']);
  const checks = log.isOfCheck ? [checkBeside(output)] : [];
  const archived = created.length + told.length > 0;
  if (!archived && output.exitCode === 0 && (silent || endedWell(log.text)) && log.warnings + log.errors === 0)
    return { records: [quietBackup(TOOL, output), ...checks], ofThisRun: true };
  const failed = output.hasFailed || log.brokeOff;
  if (!failed && !archived) {
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borgmatic create --json' });
  }
  // Where nobody says how it ended, a later repository may be missing.
  const unended = output.exitCode === null && CREATING.test(log.text) && !ENDED.test(log.text);
  const outcome = failed || unended || log.warnings > 0 || log.errors > 0 ? 'PARTIAL' : 'PASSED';
  const archives = [
    ...created.map((archive) => createdRecord(TOOL, archive, outcome, clock)),
    ...told.map((facts) => recordOf(TOOL, { kind: 'BACKUP', outcome, strength: 'COMPLETED', ...facts })),
  ];
  const records = archives.map((archive) => ({
    ...datedBy(output, archive),
    errorCount: log.errors + log.warnings,
    message: log.text,
  }));
  const failure = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'BACKUP',
    outcome: 'FAILED',
    strength: 'COMPLETED',
    message: log.text,
  });
  return {
    records: [...records, ...(failed ? [failure] : []), ...checks],
    flags: [
      ...clock.flags,
      ...log.flags,
      ...(log.warnings > 0 ? ['STDERR_WARNING'] : []),
      ...(created.length > 0 && output.document === undefined ? ['MIXED_OUTPUT'] : []),
    ],
    ofThisRun: true,
  };
}

/** The check that a run makes behind its backup, by a key of its own. */
function checkBeside(output: ToolOutput): NeutralRecord {
  const record = readCheck(output);
  return { ...record, runKey: record.runKey && `${record.runKey}/check` };
}

/** A check, of which some repositories or all may not have been due. */
function readCheck(output: ToolOutput): NeutralRecord {
  const log = borgLogOf(output);
  const { text } = log;
  const dataRead = output.command.has('--verify-data') || /Finished cryptographic data/.test(text);
  const ended = output.exitCode === 0 || ENDED.test(text);
  const idle = CHECKING.test(text);
  // Who says that it begins also says that it ends.
  const begun = idle || (output.exitCode === null && isOfBorgmatic(output));
  if (begun && !output.hasFailed && !ENDED.test(text) && !log.brokeOff)
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'borgmatic check' });
  if (ended && output.stdout.trim() !== '' && !log.isOfCheck && !idle && !log.matchedNothing)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borgmatic check' });
  const record = checkRecord(TOOL, output, dataRead);
  if (!ended || output.hasFailed || log.isOfCheck) return record;
  return {
    ...record,
    outcome: worst(record.outcome, idle ? 'PARTIAL' : 'PASSED'),
    coverage: idle ? 0 : record.coverage,
    message: idle ? text : record.message,
    // Without -v neither a check nor that none was due is told.
    flags: [...record.flags, idle ? 'NOTHING_VERIFIED' : 'NO_SUMMARY'],
  };
}

function readList(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'borgmatic' });
  const clock = output.clock();
  const plain = output.stdout.replace(FRAME, '');
  if (TEXT_INFO.test(plain) && TEXT_ARCHIVE.test(plain)) {
    const { records, flags } = shownRecords(TOOL, plain, clock);
    return { records, flags: [...flags, ...clock.flags] };
  }
  if (TEXT_OF_REPOSITORY.test(plain)) return { records: [] };
  const archives = humanList(plain);
  const listed = output.jsonAlone.document === undefined && archives && archives.length > 0 ? [{ archives }] : null;
  const document = listed ?? output.jsonAlone.requireDocument();
  if (Array.isArray(document) && document.length > 0 && document.every((one) => isOfRepository(one) && !isListed(one)))
    return { records: [] };
  if (!listed && (!Array.isArray(document) || !document.every(isListed)))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borgmatic list --json' });
  const lists = (document as Json[]).map((list) => listedRecords(TOOL, list, clock));
  return {
    records: lists.flatMap(({ records }) => records),
    flags: [...lists.flatMap(({ flags }) => flags), ...clock.flags],
  };
}

/** Whether borgmatic is said to have run and what came of it is what borg says, to which it adds nothing without `-v`. */
function passesOnBorg(output: ToolOutput): boolean {
  const { command, submission, stdout } = output;
  if (command.programOf([TOOL]) === null && submission.tool?.toLowerCase() !== TOOL) return false;
  const log = borgLogOf(output);
  return (
    TEXT_ARCHIVE.test(log.text) ||
    TEXT_OF_REPOSITORY.test(stdout) ||
    log.isOfCheck ||
    (humanList(stdout)?.length ?? 0) > 0
  );
}

export const BORGMATIC: ToolAdapter = {
  tool: TOOL,
  name: 'borgmatic',
  programs: ['borgmatic'],
  fits: (output) => verbOfPayload(output) !== null || passesOnBorg(output),
  read(output) {
    switch (verbOf(output)) {
      case 'create':
        return readCreate(output);
      case 'list':
      case 'repo-list':
      case 'rlist':
      case 'info':
      case 'repo-info':
      case 'rinfo':
        return readList(output);
      case 'check':
        return { records: [readCheck(output)], ofThisRun: true };
      case 'extract':
        return { records: [extractRecord(TOOL, output)], ofThisRun: true };
      case null:
        if (output.hasFailed || TEXT_ARCHIVE.test(borgLogOf(output).text)) return readCreate(output);
        throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borgmatic' });
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'borgmatic create --json', { zoned: true }),
};
