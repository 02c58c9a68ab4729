import { type Json, isObject } from '../../../payload/exact-json';
import { at, bigAt, countAt, textAt } from '../../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { offsetTime } from '../../../payload/tool-times';
import { reported } from '../../shell';
import type { Reading, ToolAdapter } from '../../tool-adapter';
import { readCreated, readVerified, verbOfText } from './kopia-text';

const TOOL = 'kopia';

/** A snapshot manifest, as `snapshot list --json` and `snapshot create --json` print it. */
const isSnapshot = (value: Json | undefined): boolean =>
  textAt(value, 'id') !== null && isObject(at(value, 'source')) && textAt(value, 'startTime') !== null;

/** What `snapshot verify --json` prints. */
const isVerification = (value: Json | undefined): boolean =>
  isObject(at(value, 'stats')) && at(value, 'errorCount') !== undefined && !isSnapshot(value);

function snapshotRecord(snapshot: Json, strength: 'LISTED' | 'COMPLETED', mark: RecordOutcome): NeutralRecord {
  const startedAt = offsetTime(at(snapshot, 'startTime'));
  const counts = [
    countAt(snapshot, 'stats', 'errorCount'),
    countAt(snapshot, 'stats', 'ignoredErrorCount'),
    countAt(snapshot, 'rootEntry', 'summ', 'numFailed'),
  ].filter((count) => count !== null);
  const errors = counts.length > 0 ? Math.max(...counts) : null;
  const incomplete =
    textAt(snapshot, 'incomplete') ??
    textAt(snapshot, 'incompleteReason') ??
    textAt(snapshot, 'rootEntry', 'summ', 'incomplete');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: worst(mark, incomplete ? 'FAILED' : 'PASSED', (errors ?? 0) > 0 ? 'PARTIAL' : 'PASSED'),
    strength,
    startedAt,
    finishedAt: offsetTime(at(snapshot, 'endTime')),
    recoveryPointAt: startedAt,
    timeBasis: 'OFFSET',
    sizeBytes: bigAt(snapshot, 'stats', 'totalSize') ?? bigAt(snapshot, 'rootEntry', 'summ', 'size'),
    sizeBasis: 'kopia totalSize',
    host: textAt(snapshot, 'source', 'host'),
    dataset: textAt(snapshot, 'source', 'path'),
    errorCount: errors,
    message: incomplete && `incomplete: ${incomplete}`,
    runKey: `kopia:${textAt(snapshot, 'id')}`,
    flags: incomplete ? ['CHECKPOINT_SKIPPED'] : [],
  });
}

/** A checkpoint that an interrupted run left is no recovery point, and no run of its own either. */
function readList(output: ToolOutput, document: readonly Json[]): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'kopia' });
  const records = document.map((snapshot) => snapshotRecord(snapshot, 'LISTED', 'PASSED'));
  const whole = records.filter(({ flags }) => flags.length === 0);
  return {
    records: whole,
    flags: [
      ...(whole.length < records.length ? ['CHECKPOINT_SKIPPED'] : []),
      ...(whole.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
    ofWholeStore: true,
  };
}

function readVerification(output: ToolOutput, document: Json): Reading {
  const errorCount = countAt(document, 'errorCount') ?? 0;
  const readBytes = bigAt(document, 'stats', 'readBytes') ?? 0n;
  const seen = countAt(document, 'stats', 'processedObjectCount') ?? 0;
  const nothing = seen === 0 && readBytes === 0n && errorCount === 0;
  const percent = Number(output.command.valueOf('--verify-files-percent') ?? NaN);
  const coverage = readBytes > 0n && percent >= 0 && percent < 100 ? percent / 100 : null;
  const strings = at(document, 'errorStrings');
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(output.hasFailed || errorCount > 0 ? 'FAILED' : 'PASSED', nothing ? 'PARTIAL' : 'PASSED'),
    // Without reading files it only follows the references from snapshots to contents.
    strength: readBytes > 0n ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED',
    coverage: nothing ? 0 : coverage,
    errorCount,
    message: Array.isArray(strings) ? strings.filter((line) => typeof line === 'string').join('\n') : output.stderr,
    flags: [
      ...(errorCount > 0 ? ['DAMAGE_FOUND'] : []),
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
      ...(coverage !== null ? ['COVERAGE_PARTIAL'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

function readCreate(output: ToolOutput, snapshots: readonly Json[]): Reading {
  const mark = output.hasFailed ? 'FAILED' : 'PASSED';
  const records = snapshots.map((snapshot) => snapshotRecord(snapshot, 'COMPLETED', mark));
  return { records, ofThisRun: true };
}

function failure(output: ToolOutput): Reading {
  const verb = output.command.verbOf(TOOL, ['create', 'list', 'verify', 'restore']);
  if (verb === 'list') throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'kopia' });
  const kinds = { create: 'BACKUP', verify: 'VERIFICATION', restore: 'RESTORE_TEST' } as const;
  const strengths = { create: 'COMPLETED', verify: 'STRUCTURE_CHECKED', restore: 'RESTORED' } as const;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: kinds[verb ?? 'create'],
    outcome: 'FAILED',
    strength: strengths[verb ?? 'create'],
    message: output.stderr,
  });
  return { records: [record], ofThisRun: true };
}

export const KOPIA: ToolAdapter = {
  tool: TOOL,
  name: 'Kopia',
  programs: ['kopia'],
  fits(output) {
    const { document } = output.jsonAlone;
    return Array.isArray(document)
      ? document.every(isSnapshot)
      : isSnapshot(document) || isVerification(document) || verbOfText(output) !== null;
  },
  read(given) {
    const output = given.jsonAlone;
    const { document } = output;
    const creates = output.command.verbOf(TOOL, ['create', 'list', 'verify']) === 'create';
    if (Array.isArray(document) && document.every(isSnapshot))
      return creates ? readCreate(output, document) : readList(output, document);
    if (document !== undefined && isSnapshot(document)) return readCreate(output, [document]);
    if (document !== undefined && isVerification(document)) return readVerification(output, document);
    // Several sources in one run: one manifest a line.
    const lines = output.jsonLines().events.filter(isSnapshot);
    if (lines.length > 0 && !output.jsonLines().cut) return readCreate(output, lines);
    const verb = verbOfText(output);
    if (verb === 'create') return readCreated(output);
    if (verb === 'verify' || output.command.verbOf(TOOL, ['create', 'list', 'verify']) === 'verify')
      return readVerified(output);
    if (output.hasFailed) return failure(output);
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'kopia' });
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'kopia snapshot create --json /srv/data'),
};
