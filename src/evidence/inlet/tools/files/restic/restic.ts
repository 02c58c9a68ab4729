import { type Json, isObject } from '../../../payload/exact-json';
import { at, bigAt, countAt, objectsAt, textAt } from '../../../payload/json-values';
import type { NeutralRecord } from '../../../reading/neutral-record';
import { framedBy, quietBackup, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { offsetTime } from '../../../payload/tool-times';
import { reported } from '../../shell';
import type { Reading, ToolAdapter } from '../../tool-adapter';
import { ResticEvents } from './restic-events';
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
type Verb = (typeof VERBS)[number];

/** restic's exit code 3: a snapshot was made, of less than was asked for. */
const INCOMPLETE = 3;

/** Said instead of what was added, when nothing was. */
const WOULD_ADD = /^Would add to the repo/m;
const SNAPSHOT_SAVED = /^snapshot ([0-9a-f]{8,64}) saved$/m;
const CHECK_TEXT = /^(no errors were found|check all packs|check snapshots, trees and blobs)$/m;
const DAMAGE =
  /repository contains errors|invalid data returned|Fatal: .*(damaged|corrupt)|hash mismatch|does not match id|ciphertext verification failed|missing pack|pack .* (contains|does not exist)|not found in index/i;
const RESTORING = /restoring (?:<Snapshot|snapshot) ([0-9a-f]{8,64}) of \[([^\]]*)\] at (.+?) by \S*?@([^\s>]+)>? to /;

/** Snapshot ids are told with 8 digits by some versions and with 64 by others. */
const keyOf = (id: string): string => `restic:${id.slice(0, 8)}`;

function verbOf(output: ToolOutput): Verb | null {
  const isNamed = output.command.programOf([TOOL]) !== null;
  return (isNamed ? output.command.verbOf(TOOL, VERBS) : null) ?? verbOfPayload(output);
}

function verbOfPayload(output: ToolOutput): Verb | null {
  const { document } = output;
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
  if (isSnapshotTable(output.stdout)) return 'snapshots';
  if (RESTORING.test(output.text)) return 'restore';
  if (CHECK_TEXT.test(output.text)) return 'check';
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
  const ended = summary !== null || saved !== null;
  if (!ended && !output.hasFailed) refuseCut(output, events);
  const incomplete = output.exitCode === INCOMPLETE || events.errors > 0;
  const outcome = worst(
    output.hasFailed && output.exitCode !== INCOMPLETE ? 'FAILED' : 'PASSED',
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
    errorCount: summary ? events.errors : null,
    message: output.stderr,
    runKey: saved ? keyOf(saved) : framed.runKey,
    flags: [
      ...(events.isLocked ? ['REPO_LOCKED'] : []),
      ...(ended ? [] : ['NO_SUMMARY']),
      ...(incomplete && ended ? ['STDERR_WARNING'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** Progress without an end is a run that died; nothing at all, or half a line, is no output of a run. */
function refuseCut(output: ToolOutput, events: ResticEvents): void {
  if (output.jsonLines().cut)
    throw new SubmissionRefused('TRUNCATED', 'The output ends in the middle of a line', {
      length: output.stdout.length,
    });
  if (events.all.length === 0 && output.jsonLines().otherLines.length > 0)
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of restic backup', {
      begins: output.stdout.slice(0, 80),
    });
}

function readSnapshots(output: ToolOutput): Reading {
  refuseFailedList(output);
  if (isSnapshotTable(output.stdout)) return readSnapshotTable(output);
  const document = output.requireDocument();
  if (!Array.isArray(document) || !document.every(isSnapshotOrGroup))
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not a list of restic snapshots', {
      begins: output.stdout.slice(0, 80),
    });
  const snapshots = document.flatMap((entry) => (isSnapshot(entry) ? [entry] : objectsAt(entry, 'snapshots')));
  return {
    records: snapshots.map(snapshotRecord),
    flags: snapshots.length === 0 ? ['EMPTY_INVENTORY'] : [],
    ofWholeStore: true,
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

function readCheck(output: ToolOutput): Reading {
  const events = new ResticEvents(output);
  const { summary } = events;
  const clean = /^no errors were found$/m.test(output.text);
  const found = countAt(summary ?? undefined, 'num_errors');
  const told = events.all.filter((event) => event['message_type'] === 'error').length;
  if (!summary && !clean && !output.hasFailed && output.isSilent)
    throw new SubmissionRefused('TRUNCATED', 'restic check has not said whether it found errors');
  if (!summary && output.jsonLines().cut && !output.hasFailed)
    throw new SubmissionRefused('TRUNCATED', 'The output ends in the middle of a line');
  const brokenPacks = at(summary ?? undefined, 'broken_packs');
  const damaged =
    (found ?? 0) > 0 || told > 0 || (Array.isArray(brokenPacks) && brokenPacks.length > 0) || DAMAGE.test(output.text);
  const sound = (found === 0 || clean) && !damaged && !output.hasFailed;
  const { strength, coverage } = depthOf(output);
  const ran = summary !== null || CHECK_TEXT.test(output.text) || told > 0;
  const flags = [
    ...(damaged ? ['DAMAGE_FOUND'] : []),
    ...(output.hasFailed && !ran ? ['TOOL_FAILED'] : []),
    ...(!sound && !output.hasFailed && !damaged ? ['NO_SUMMARY'] : []),
    ...(events.isLocked ? ['REPO_LOCKED'] : []),
    ...(coverage !== 1 ? ['COVERAGE_PARTIAL'] : []),
  ];
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: sound ? 'PASSED' : 'FAILED',
    strength,
    coverage: coverage === 1 ? null : coverage,
    errorCount: found ?? (sound ? 0 : told || null),
    message: sound ? null : output.text,
    flags,
  });
  return { records: [record], ofThisRun: true };
}

/** How deep a check went, which only its command line says; an unknown part of the data counts as none of it. */
function depthOf({ command, text }: ToolOutput): { strength: 'STRUCTURE_CHECKED' | 'DATA_CHECKED'; coverage: number } {
  const subset = command.valueOf('--read-data-subset');
  if (subset === null) {
    const wasRead = command.has('--read-data') || /^read all data$/m.test(text);
    return { strength: wasRead ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED', coverage: 1 };
  }
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(subset) ?? [];
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(subset) ?? [];
  const share = part && Number(of) > 0 ? 1 / Number(of) : Math.min(1, Number(percent ?? 0) / 100);
  return { strength: 'DATA_CHECKED', coverage: share };
}

function readRestore(output: ToolOutput): Reading {
  // Nothing is written back and nothing is read.
  if (output.command.hasBehind(TOOL, ['--dry-run', '-n'])) return { records: [], flags: ['NOT_A_RESTORE'] };
  const { summary, errors } = new ResticEvents(output);
  const [, id, path, instant, host] = RESTORING.exec(output.text) ?? [];
  if (!summary && output.jsonLines().cut && !output.hasFailed)
    throw new SubmissionRefused('TRUNCATED', 'The output ends in the middle of a line');
  if (!summary && !id && !output.hasFailed)
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of restic restore', {
      begins: output.stdout.slice(0, 80),
    });
  const count = (key: string): number => countAt(summary ?? undefined, key) ?? 0;
  const whole =
    !summary ||
    (count('files_restored') + count('files_skipped') === count('total_files') &&
      count('bytes_restored') + count('bytes_skipped') === count('total_bytes'));
  const [, restored, asked] = /^Summary: Restored (\d+) \/ (\d+) files/m.exec(output.stdout) ?? [];
  const complained = errors > 0 || restored !== asked || /There were \d+ errors|ignoring error for/i.test(output.text);
  const ended = summary !== null || !/\bFatal: /.test(output.text);
  const passed = !output.hasFailed && whole && !complained && ended;
  const nothing = summary !== null && count('total_files') === 0;
  const verified = output.command.has('--verify') || /^finished verifying \d+ files/m.test(output.text);
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'RESTORE_TEST',
    outcome: worst(passed ? 'PASSED' : 'FAILED', nothing ? 'PARTIAL' : 'PASSED'),
    strength: verified ? 'VALIDATED' : 'RESTORED',
    recoveryPointAt: offsetTime(instant),
    sizeBytes: summary && bigAt(summary, 'bytes_restored'),
    sizeBasis: summary && 'restic bytes_restored',
    host: host ?? null,
    dataset: path ? path.trim() : null,
    errorCount: passed ? 0 : errors || null,
    message: output.stderr,
    covers: id ? [keyOf(id)] : [],
    flags: nothing ? ['NOTHING_VERIFIED'] : [],
  });
  return { records: [record], ofThisRun: true };
}

function refuseFailedList(output: ToolOutput): void {
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'restic could not list the repository', { exitCode: output.exitCode });
}

export const RESTIC: ToolAdapter = {
  tool: TOOL,
  name: 'restic',
  programs: ['restic'],
  fits: (output) =>
    verbOfPayload(output) !== null ||
    output.jsonLines('stderr').events.some((event) => event['message_type'] === 'exit_error'),
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
        if (output.hasFailed) return readBackup(output);
        throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of restic', {
          begins: output.stdout.slice(0, 80),
        });
      default:
        // Retention and housekeeping: kept as they are, no proof of anything.
        return { records: [], flags: output.jsonLines().otherLines.length > 0 ? ['MIXED_OUTPUT'] : [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'restic backup --json /srv/data'),
};
