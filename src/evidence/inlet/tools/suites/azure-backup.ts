import type { Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordKind, RecordOutcome } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import { basisAt } from '../../payload/powershell';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { jobsOfPowerShell } from './azure-powershell';

const TOOL = 'azure-backup';
const JOB_TYPE = /^Microsoft\.(?:RecoveryServices\/vaults|DataProtection\/backupVaults)\/backupJobs$/i;
const STATUSES: Readonly<Record<string, RecordOutcome>> = {
  Completed: 'PASSED',
  CompletedWithWarnings: 'PARTIAL',
  Failed: 'FAILED',
  Cancelled: 'FAILED',
  InProgress: 'RUNNING',
  Cancelling: 'RUNNING',
};

/** Databases say of what kind: `Backup (Full)`. What lies between backups, `Backup (Log)`, is none. */
const BACKUP = /^(?:Scheduled|Adhoc|OnDemand)?Backup(?: \((?!Log\b)[^)]*\))?$/i;

const isJob = (entry: Json | undefined): boolean =>
  JOB_TYPE.test(textAt(entry, 'type') ?? '') && at(entry, 'properties') !== undefined;

/** What `az backup job list` prints, what the REST interface answers around it, or one job. */
function jobsOf(document: Json | undefined): Json[] | null {
  if (isJob(document)) return [document as Json];
  const list = Array.isArray(document) ? document : at(document, 'value');
  return Array.isArray(list) && list.length > 0 && list.every(isJob) ? list : null;
}

function kindOf(job: Json): RecordKind | null {
  const operation = textAt(job, 'properties', 'operationCategory') ?? textAt(job, 'properties', 'operation') ?? '';
  if (BACKUP.test(operation)) return 'BACKUP';
  return /restore|recover/i.test(operation) ? 'RESTORE_TEST' : null;
}

function recordOfJob(job: Json, kind: RecordKind): NeutralRecord | null {
  const outcome = STATUSES[textAt(job, 'properties', 'status') ?? ''];
  if (!outcome) return null;
  const startedAt = offsetTime(at(job, 'properties', 'startTime'));
  const name = textAt(job, 'name');
  const [, vault] = /\/(?:vaults|backupVaults)\/([^/]+)\//i.exec(textAt(job, 'id') ?? '') ?? [];
  const errors = objectsAt(job, 'properties', 'errorDetails').flatMap(
    (error) => textAt(error, 'errorString') ?? textAt(error, 'message') ?? [],
  );
  return recordOf(TOOL, {
    kind,
    outcome,
    strength: kind === 'BACKUP' ? 'COMPLETED' : 'RESTORED',
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : offsetTime(at(job, 'properties', 'endTime')),
    recoveryPointAt:
      kind === 'BACKUP'
        ? startedAt
        : offsetTime(at(job, 'properties', 'extendedInfo', 'sourceRecoverPoint', 'recoveryPointTime')),
    timeBasis: basisAt(job),
    dataset: textAt(job, 'properties', 'entityFriendlyName') ?? textAt(job, 'properties', 'dataSourceName'),
    location: vault ?? null,
    message: errors.join('\n') || null,
    runKey: name && `${TOOL}:${name}`,
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Azure Backup' });
  const document = output.requireDocument();
  const isEmpty = Array.isArray(document)
    ? document.length === 0
    : Array.isArray(at(document, 'value')) && objectsAt(document, 'value').length === 0;
  const clock = output.clock();
  const jobs = isEmpty ? [] : (jobsOf(document) ?? jobsOfPowerShell(document, clock));
  if (!jobs) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_JOBS', { tool: 'Azure Backup' });
  const judged = jobs.flatMap((job) => {
    const kind = kindOf(job);
    return kind ? [recordOfJob(job, kind)] : [];
  });
  const known = judged.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...clock.flags,
      ...(known.length < judged.length ? ['UNKNOWN_STATUS'] : []),
      ...(textAt(document, 'nextLink') ? ['PAGE_INCOMPLETE'] : []),
      ...(isEmpty ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const AZURE_BACKUP: ToolAdapter = {
  tool: TOOL,
  name: 'Azure Backup',
  aliases: ['azure'],
  fits: (output) => jobsOf(output.document) !== null || jobsOfPowerShell(output.document, output.clock()) !== null,
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'az backup job list -g "$GROUP" -v "$VAULT" -o json'),
};
