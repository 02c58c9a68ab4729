import { at, bigAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { type Resource, holdsResources, requireResources } from './kubernetes';

const TOOL = 'longhorn';
const RESOURCES = { group: 'longhorn.io', kinds: ['Backup'] };
const STATES: Readonly<Record<string, RecordOutcome>> = {
  Completed: 'PASSED',
  Error: 'FAILED',
  InProgress: 'RUNNING',
  Pending: 'RUNNING',
  // One that nobody has begun yet.
  '': 'RUNNING',
};

function recordOfBackup(backup: Resource): NeutralRecord | null {
  const outcome = STATES[textAt(backup, 'status', 'state') ?? ''];
  if (!outcome) return null;
  const name = textAt(backup, 'metadata', 'name');
  // The data stood still when the volume was snapshot; the backup copied it away later.
  const snapshotAt = offsetTime(at(backup, 'status', 'snapshotCreatedAt'));
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome,
    strength: 'COMPLETED',
    startedAt: snapshotAt,
    finishedAt: outcome === 'RUNNING' ? null : offsetTime(at(backup, 'status', 'backupCreatedAt')),
    recoveryPointAt: snapshotAt,
    timeBasis: snapshotAt && 'OFFSET',
    sizeBytes: bigAt(backup, 'status', 'size'),
    storedBytes: bigAt(backup, 'status', 'newlyUploadDataSize'),
    sizeBasis: 'longhorn size',
    dataset: textAt(backup, 'status', 'volumeName') ?? textAt(backup, 'metadata', 'labels', 'backup-volume'),
    location: textAt(backup, 'status', 'backupTargetName'),
    message: textAt(backup, 'status', 'error'),
    runKey: name && `longhorn:${name}`,
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Longhorn' });
  const backups = requireResources(output, RESOURCES);
  const records = backups.map(recordOfBackup);
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(backups.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const LONGHORN: ToolAdapter = {
  tool: TOOL,
  name: 'Longhorn',
  fits: (output) => holdsResources(output, RESOURCES),
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'kubectl -n longhorn-system get backups.longhorn.io -o json'),
};
