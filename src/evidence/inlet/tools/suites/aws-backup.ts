import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { notificationOf, readNotification } from './aws-notification';

const TOOL = 'aws-backup';
type Kind = 'BACKUP' | 'RESTORE_TEST' | 'POINT';

const STATES: Readonly<Record<string, RecordOutcome>> = {
  COMPLETED: 'PASSED',
  PARTIAL: 'PARTIAL',
  FAILED: 'FAILED',
  ABORTED: 'FAILED',
  EXPIRED: 'FAILED',
  CREATED: 'RUNNING',
  PENDING: 'RUNNING',
  RUNNING: 'RUNNING',
  ABORTING: 'RUNNING',
};
/** Of a recovery point that is there; one on its way out, or past its time, is no longer counted on. */
const POINT_STATES: Readonly<Record<string, RecordOutcome>> = {
  COMPLETED: 'PASSED',
  AVAILABLE: 'PASSED',
  PARTIAL: 'PARTIAL',
  CREATING: 'RUNNING',
};
const EVENT_KINDS: Readonly<Record<string, Kind>> = {
  'Backup Job State Change': 'BACKUP',
  'Restore Job State Change': 'RESTORE_TEST',
};

/** Events write `backupJobId`, the command line `BackupJobId`. */
const found = (job: Json, name: string): Json | undefined =>
  at(job, name) ?? at(job, name.charAt(0).toUpperCase() + name.slice(1));
const text = (job: Json, name: string): string | null => textAt({ value: found(job, name) ?? null }, 'value');
const time = (job: Json, name: string): Date | null => offsetTime(found(job, name)) ?? epochTime(found(job, name));
const basisOf = (job: Json): NeutralRecord['timeBasis'] =>
  time(job, 'creationDate') && (offsetTime(found(job, 'creationDate')) ? 'OFFSET' : 'EPOCH');

const isEvent = (document: Json | undefined): boolean =>
  textAt(document, 'source') === 'aws.backup' && isObject(at(document, 'detail'));

/** Lists of the command line, and the jobs or points in them; of copies none are read. */
const LISTS: readonly [string, Kind | null][] = [
  ['BackupJobs', 'BACKUP'],
  ['RestoreJobs', 'RESTORE_TEST'],
  ['RecoveryPoints', 'POINT'],
  ['CopyJobs', null],
];

/** The jobs in an event, in a list or a description of one. Null for anything else; a copy or a scan is no job here. */
function jobsOf(document: Json | undefined): { kind: Kind; job: Json }[] | null {
  if (isEvent(document)) {
    const kind = EVENT_KINDS[textAt(document, 'detail-type') ?? ''];
    return kind ? [{ kind, job: at(document, 'detail') as Json }] : [];
  }
  if (textAt(document, 'BackupJobId')) return [{ kind: 'BACKUP', job: document as Json }];
  if (textAt(document, 'RestoreJobId')) return [{ kind: 'RESTORE_TEST', job: document as Json }];
  if (textAt(document, 'RecoveryPointArn') && textAt(document, 'Status'))
    return [{ kind: 'POINT', job: document as Json }];
  const lists = LISTS.filter(([name]) => Array.isArray(at(document, name)));
  if (lists.length === 0) return null;
  return lists.flatMap(([name, kind]) => (kind ? objectsAt(document, name).map((job) => ({ kind, job })) : []));
}

/** What a vault holds says of a recovery point that it is there. It is not told which job made it. */
function recordOfPoint(point: Json): NeutralRecord | null {
  const outcome = POINT_STATES[text(point, 'status') ?? ''];
  if (!outcome) return null;
  const startedAt = time(point, 'creationDate');
  const arn = text(point, 'recoveryPointArn');
  const size = bigAt(point, 'BackupSizeInBytes') ?? bigAt(point, 'BackupSizeBytes');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome,
    strength: 'LISTED',
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : time(point, 'completionDate'),
    recoveryPointAt: startedAt,
    timeBasis: basisOf(point),
    sizeBytes: size === 0n ? null : size,
    sizeBasis: size ? 'aws BackupSizeInBytes' : null,
    dataset: text(point, 'resourceArn'),
    location: text(point, 'backupVaultArn') ?? text(point, 'backupVaultName'),
    message: text(point, 'statusMessage'),
    runKey: arn && `aws-recovery-point:${arn}`,
  });
}

function recordOfJob(kind: 'BACKUP' | 'RESTORE_TEST', job: Json): NeutralRecord | null {
  const state = text(job, 'state') ?? text(job, 'status') ?? '';
  const outcome = STATES[state];
  if (!outcome) return null;
  const message = text(job, 'statusMessage');
  const validation = text(job, 'validationStatus');
  const size = bigAt({ value: found(job, 'backupSizeInBytes') ?? null }, 'value');
  const startedAt = time(job, 'creationDate');
  const isBackup = kind === 'BACKUP';
  const id = text(job, isBackup ? 'backupJobId' : 'restoreJobId');
  const vault = text(job, 'backupVaultArn') ?? text(job, 'backupVaultName');
  const lock = text(job, 'vaultLockState');
  return recordOf(TOOL, {
    kind,
    // Completed with a message is what the console calls completed with issues.
    outcome: worst(
      outcome,
      outcome === 'PASSED' && message ? 'PARTIAL' : 'PASSED',
      validation === 'FAILED' || validation === 'TIMED_OUT' ? 'FAILED' : 'PASSED',
    ),
    strength: isBackup ? 'COMPLETED' : validation === 'SUCCESSFUL' ? 'VALIDATED' : 'RESTORED',
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : time(job, 'completionDate'),
    recoveryPointAt: isBackup ? startedAt : time(job, 'recoveryPointCreationDate'),
    timeBasis: basisOf(job),
    // Some services report no size and 0 stands for it.
    sizeBytes: size === 0n ? null : size,
    sizeBasis: size ? 'aws BackupSizeInBytes' : null,
    dataset: text(job, isBackup ? 'resourceArn' : 'sourceResourceArn') ?? text(job, 'resourceArn'),
    location: vault,
    message: message ?? text(job, 'validationStatusMessage'),
    runKey: id && `${isBackup ? 'aws-backup' : 'aws-restore'}:${id}`,
    copies:
      vault && lock
        ? [{ location: vault, immutable: lock === 'LOCKED' || lock === 'COMPLIANCE', immutableUntil: null }]
        : [],
    flags: message && outcome === 'PASSED' ? ['STATUS_MESSAGE'] : [],
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'AWS Backup' });
  const notification = notificationOf(output);
  if (notification) return readNotification(TOOL, notification, STATES);
  const document = output.requireDocument();
  const jobs = jobsOf(document);
  if (!jobs) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_EVENT_NOR_JOBS', { tool: 'AWS Backup' });
  const records = jobs.map(({ kind, job }) => (kind === 'POINT' ? recordOfPoint(job) : recordOfJob(kind, job)));
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(textAt(document, 'NextToken') ? ['PAGE_INCOMPLETE'] : []),
      ...(!isEvent(document) && jobs.length === 0 && objectsAt(document, 'CopyJobs').length === 0
        ? ['EMPTY_INVENTORY']
        : []),
    ],
  };
}

export const AWS_BACKUP: ToolAdapter = {
  tool: TOOL,
  name: 'AWS Backup',
  aliases: ['aws'],
  fits: (output) => jobsOf(output.document) !== null || notificationOf(output) !== null,
  read,
  commandFor: (inletUrl) =>
    reported(inletUrl, TOOL, 'aws backup list-backup-jobs --by-created-after "$(date -u -d -2days -Iseconds)"'),
};
