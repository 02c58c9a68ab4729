import { type Json, isObject } from '../../../payload/exact-json';
import { at, bigAt, objectsAt, textAt } from '../../../payload/json-values';
import type { NeutralRecord } from '../../../reading/neutral-record';
import { framedBy, quietBackup, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { offsetTime } from '../../../payload/tool-times';
import { reported } from '../../shell';
import type { Reading, ToolAdapter } from '../../tool-adapter';
import { CHECK_TEXT, readCheck } from './restic-check';
import { keyOf, listIn, ResticEvents } from './restic-events';
import { ENDED, readRestore, RESTORING } from './restic-restore';
import { isSnapshotTable, readSnapshotTable } from './restic-table';

const TOOL = 'restic';
const VERBS = [
  'backup',
  'snapshots',
  'check',
  'restore',
  'forget',
  'prune',
  'stats',
  'copy',
  'unlock',
  'init',
] as const;
/** Words that may also be the value of an option, such as a tag: they count where the payload is not known for another verb. */
const SIDE_VERBS = [
  ...['cat', 'diff', 'dump', 'find', 'key', 'list', 'ls', 'migrate', 'mount', 'recover', 'repair', 'rewrite'],
  ...['rebuild-index', 'tag', 'version', 'self-update'],
] as const;
type Verb = (typeof VERBS)[number] | (typeof SIDE_VERBS)[number];

const HOUR_MS = 3_600_000;
/** restic's exit code 3: a snapshot was made, of less than was asked for. */
const INCOMPLETE = 3;

/** Said instead of what was added, when nothing was. */
const WOULD_ADD = /^Would add to the repo/m;
const SNAPSHOT_SAVED = /^snapshot ([0-9a-f]{8,64}) saved$/m;
/** Said by `--skip-if-unchanged`. */
const NOTHING_TO_SAVE = /^skipped creating snapshot$/m;
/** Tables of `forget`, of which one holds what is gone. */
const FORGETTING = /^(?:keep|remove|would have removed|would remove) \d+ snapshots:?/m;
const SNAPSHOT_IGNORED = /^(?:Ignoring "[0-9a-f]+"|could not load snapshot [0-9a-f]+): /m;

function verbOf(output: ToolOutput): Verb | null {
  const isNamed = output.command.programOf([TOOL]) !== null;
  const named = isNamed ? output.command.verbOf(TOOL, [...VERBS, ...SIDE_VERBS]) : null;
  const isSure = named !== null && (VERBS as readonly string[]).includes(named);
  return isSure ? named : (verbOfPayload(output) ?? named);
}

function verbOfPayload(output: ToolOutput): Verb | null {
  const document = listIn(output);
  if (Array.isArray(document)) {
    if (document.some((entry) => at(entry, 'keep') !== undefined || at(entry, 'remove') !== undefined)) return 'forget';
    return document.every(isSnapshotOrGroup) ? 'snapshots' : null;
  }
  const summary = new ResticEvents(output).summary;
  if (summary) {
    if ('num_errors' in summary) return 'check';
    if ('total_files_processed' in summary || 'files_new' in summary) return 'backup';
    return 'total_files' in summary || 'files_restored' in summary || 'total_bytes' in summary ? 'restore' : null;
  }
  if (FORGETTING.test(output.stdout)) return 'forget';
  if (isSnapshotTable(output.stdout)) return 'snapshots';
  if (RESTORING.test(output.text) || ENDED.test(output.stdout)) return 'restore';
  if (CHECK_TEXT.test(output.text)) return 'check';
  if (NOTHING_TO_SAVE.test(output.stdout)) return 'backup';
  if (SNAPSHOT_SAVED.test(output.stdout) || WOULD_ADD.test(output.stdout)) return 'backup';
  const isProgress = output.jsonLines().events.some((event) => event['message_type'] === 'status');
  return isProgress ? 'backup' : null;
}

const isSnapshot = (entry: Json): boolean =>
  textAt(entry, 'id') !== null &&
  textAt(entry, 'time') !== null &&
  textAt(entry, 'tree') !== null &&
  Array.isArray(at(entry, 'paths'));
const isSnapshotOrGroup = (entry: Json): boolean => isSnapshot(entry) || isObject(at(entry, 'group_key'));

function readBackup(output: ToolOutput): Reading {
  const events = new ResticEvents(output);
  const { summary } = events;
  const saved = textAt(summary ?? undefined, 'snapshot_id') ?? SNAPSHOT_SAVED.exec(output.stdout)?.[1] ?? null;
  const { command } = output;
  const dry = at(summary ?? undefined, 'dry_run') === true || WOULD_ADD.test(output.text);
  if (dry || command.hasBehind(TOOL, ['--dry-run', '-n'])) return { records: [], flags: ['DRY_RUN'] };
  if (output.isSilent && output.exitCode === 0 && command.hasBehind(TOOL, ['--quiet', '-q']))
    return { records: [quietBackup(TOOL, output)], ofThisRun: true };
  const ended = summary !== null || saved !== null || NOTHING_TO_SAVE.test(output.stdout);
  if (!ended && !events.hasFailed) refuseCut(output, events);
  const incomplete = events.exitCode === INCOMPLETE || events.errors > 0;
  const outcome = worst(
    events.hasFailed && events.exitCode !== INCOMPLETE ? 'FAILED' : 'PASSED',
    ended ? 'PASSED' : 'FAILED',
    incomplete ? 'PARTIAL' : 'PASSED',
  );
  const framed = framedBy(output);
  const startedAt = offsetTime(at(summary ?? undefined, 'backup_start'));
  const finishedAt = offsetTime(at(summary ?? undefined, 'backup_end'));
  const record = recordOf(TOOL, {
    kind: 'BACKUP',
    outcome,
    strength: 'COMPLETED',
    startedAt: startedAt ?? framed.startedAt,
    finishedAt: finishedAt ?? framed.finishedAt,
    timeBasis: startedAt ? 'OFFSET' : framed.timeBasis,
    // Nothing to save makes a run that ended well without a new recovery point.
    recoveryPointAt: saved ? (startedAt ?? framed.startedAt) : null,
    sizeBytes: bigAt(summary ?? undefined, 'total_bytes_processed'),
    storedBytes: bigAt(summary ?? undefined, 'data_added'),
    sizeBasis: summary && 'restic total_bytes_processed',
    errorCount: ended ? events.errors : null,
    message: output.stderr,
    runKey: saved ? keyOf(saved) : framed.runKey,
    flags: [
      ...(events.isLocked ? ['REPO_LOCKED'] : []),
      ...(ended ? [] : ['NO_SUMMARY']),
      ...(incomplete && ended ? ['STDERR_WARNING'] : []),
      ...(claimsAnotherDay(output, startedAt ?? framed.startedAt) ? ['BACKDATED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** Whether `--time` gives the snapshot a day that is not that of the run, wherever the run was. */
function claimsAnotherDay({ command }: ToolOutput, startedAt: Date | null): boolean {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(command.valueOf('--time') ?? '') ?? [];
  const noon = offsetTime(`${day}T12:00:00Z`);
  return noon !== null && startedAt !== null && Math.abs(noon.getTime() - startedAt.getTime()) > 36 * HOUR_MS;
}

/** Progress without an end is a run that died; nothing at all, or half a line, is no output of a run. */
function refuseCut(output: ToolOutput, events: ResticEvents): void {
  if (output.jsonLines().cut) throw new SubmissionRefused('TRUNCATED', 'LINE_CUT');
  if (events.all.length === 0 && output.jsonLines().otherLines.length > 0)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'restic backup' });
}

function readSnapshots(output: ToolOutput): Reading {
  refuseFailedList(output);
  // Of a snapshot that cannot be read it is said that it is left out, and the rest is listed.
  const leftOut = SNAPSHOT_IGNORED.test(output.text) ? ['PAGE_INCOMPLETE', 'STDERR_WARNING'] : [];
  if (isSnapshotTable(output.stdout)) {
    const { records, flags = [] } = readSnapshotTable(output);
    return { records, flags: [...flags, ...leftOut], ofWholeStore: leftOut.length === 0 };
  }
  // Of no snapshots there is no table, and JSON is asked for.
  if (output.isSilent && output.exitCode === 0 && !output.command.has('--json'))
    return { records: [], flags: ['EMPTY_INVENTORY'], ofWholeStore: true };
  const document = listIn(output) ?? output.requireDocument();
  if (!Array.isArray(document) || !document.every(isSnapshotOrGroup))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'restic snapshots --json' });
  const snapshots = document.flatMap((entry) => (isSnapshot(entry) ? [entry] : objectsAt(entry, 'snapshots')));
  const flags = [
    ...(snapshots.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ...(output.document === undefined ? ['MIXED_OUTPUT'] : []),
  ];
  return {
    records: snapshots.map(snapshotRecord),
    flags: [...flags, ...leftOut],
    ofWholeStore: leftOut.length === 0,
  };
}

function snapshotRecord(entry: Json): NeutralRecord {
  const paths = at(entry, 'paths');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: 'LISTED',
    startedAt: offsetTime(at(entry, 'summary', 'backup_start')),
    finishedAt: offsetTime(at(entry, 'summary', 'backup_end')),
    recoveryPointAt: offsetTime(at(entry, 'time')),
    timeBasis: 'OFFSET',
    sizeBytes: bigAt(entry, 'summary', 'total_bytes_processed'),
    storedBytes: bigAt(entry, 'summary', 'data_added'),
    sizeBasis: at(entry, 'summary') ? 'restic total_bytes_processed' : null,
    host: textAt(entry, 'hostname'),
    dataset: Array.isArray(paths) ? paths.filter((path) => typeof path === 'string').join(', ') || null : null,
    toolVersion: textAt(entry, 'program_version')?.replace(/^restic /, '') ?? null,
    runKey: keyOf(textAt(entry, 'id') ?? ''),
  });
}

function refuseFailedList(output: ToolOutput): void {
  if (new ResticEvents(output).hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'restic' });
}

export const RESTIC: ToolAdapter = {
  tool: TOOL,
  name: 'restic',
  programs: ['restic'],
  fits: (output) =>
    verbOfPayload(output) !== null ||
    new ResticEvents(output).all.some((event) => event['message_type'] === 'exit_error'),
  read(output) {
    switch (verbOf(output)) {
      case 'backup':
        return readBackup(output);
      case 'snapshots':
        return readSnapshots(output);
      case 'check':
        return readCheck(output);
      case 'restore':
        return readRestore(output);
      case null:
        // A failure tells nothing of what was tried; a backup is what an inlet waits for.
        if (new ResticEvents(output).hasFailed) return readBackup(output);
        if (output.jsonLines().cut) throw new SubmissionRefused('TRUNCATED', 'LINE_CUT');
        throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'restic' });
      default:
        // Retention and housekeeping: kept as they are, no proof of anything.
        return { records: [], flags: output.jsonLines().otherLines.length > 0 ? ['MIXED_OUTPUT'] : [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'restic backup --json /srv/data'),
};
