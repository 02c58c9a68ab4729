import { at, countAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { type Resource, holdsResources, nameOf, requireResources } from './kubernetes';
import { isText, resourcesOfText } from './velero-text';

const TOOL = 'velero';
const RESOURCES = { group: 'velero.io', kinds: ['Backup', 'Restore'] };

/** Phases that end a run. The others are waits on the way, also those whose name already tells of a failure; Deleting is no statement. */
const ENDED: Readonly<Record<string, RecordOutcome>> = {
  Completed: 'PASSED',
  PartiallyFailed: 'PARTIAL',
  Failed: 'FAILED',
  FailedValidation: 'FAILED',
};
const RUNNING = /^(?:New|Queued|ReadyToStart|InProgress|WaitingForPluginOperations\w*|Finalizing\w*|)$/;

function recordOfResource(resource: Resource): NeutralRecord | null {
  const phase = textAt(resource, 'status', 'phase') ?? '';
  const ended = ENDED[phase];
  if (!ended && !RUNNING.test(phase)) return null;
  const isBackup = textAt(resource, 'kind') === 'Backup';
  const errors = countAt(resource, 'status', 'errors');
  const warnings = countAt(resource, 'status', 'warnings') ?? 0;
  const startedAt = offsetTime(at(resource, 'status', 'startTimestamp'));
  const lacks = ['csiVolumeSnapshots', 'volumeSnapshots'].some(
    (what) =>
      (countAt(resource, 'status', `${what}Attempted`) ?? 0) > (countAt(resource, 'status', `${what}Completed`) ?? 0),
  );
  const reason = textAt(resource, 'status', 'failureReason') ?? at(resource, 'status', 'validationErrors');
  return recordOf(TOOL, {
    kind: isBackup ? 'BACKUP' : 'RESTORE_TEST',
    outcome: ended ? worst(ended, (errors ?? 0) > 0 || (isBackup && lacks) ? 'PARTIAL' : 'PASSED') : 'RUNNING',
    strength: isBackup ? 'COMPLETED' : 'RESTORED',
    startedAt,
    finishedAt: ended ? offsetTime(at(resource, 'status', 'completionTimestamp')) : null,
    recoveryPointAt: isBackup ? startedAt : null,
    timeBasis: 'OFFSET',
    dataset: nameOf(resource),
    location: textAt(resource, 'spec', 'storageLocation'),
    errorCount: errors,
    message: typeof reason === 'string' ? reason : Array.isArray(reason) ? reason.join('\n') || null : null,
    runKey: `velero:${textAt(resource, 'metadata', 'uid') ?? nameOf(resource)}`,
    flags: warnings > 0 && ended === 'PASSED' ? ['STATUS_MESSAGE'] : [],
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Velero' });
  const told = output.document === undefined ? resourcesOfText(output.stdout) : null;
  const resources = told ?? requireResources(output, RESOURCES);
  const records = resources.map(recordOfResource);
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(resources.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const VELERO: ToolAdapter = {
  tool: TOOL,
  name: 'Velero',
  programs: ['velero'],
  fits: (output) => holdsResources(output, RESOURCES) || (output.document === undefined && isText(output.stdout)),
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'velero backup get -o json'),
};
