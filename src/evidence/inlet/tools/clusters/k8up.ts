import { type Json, isObject } from '../../payload/exact-json';
import { at, countAt, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime, offsetTime } from '../../payload/tool-times';
import { quoted } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { type Resource, holdsResources, nameOf, requireResources } from './kubernetes';

const TOOL = 'k8up';
const RESOURCES = { group: 'k8up.io', kinds: ['Backup', 'Restore', 'Check'] };
const STRENGTHS = { Backup: 'COMPLETED', Restore: 'RESTORED', Check: 'STRUCTURE_CHECKED' } as const;
const EVIDENCE_KINDS = { Backup: 'BACKUP', Restore: 'RESTORE_TEST', Check: 'VERIFICATION' } as const;

/** What its webhook sends after a backup, or as a list of snapshots. */
const isWebhook = (document: Json | undefined): boolean =>
  isObject(at(document, 'backup_metrics')) ||
  (Array.isArray(at(document, 'snapshots')) && at(document, 'bucket_name') !== undefined);

const keyOf = (id: string): string => `restic:${id.slice(0, 8)}`;

function snapshotRecord(snapshot: Json, location: string | null): NeutralRecord {
  const paths = at(snapshot, 'paths');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: 'LISTED',
    recoveryPointAt: offsetTime(at(snapshot, 'time')),
    timeBasis: 'OFFSET',
    host: textAt(snapshot, 'hostname'),
    dataset: Array.isArray(paths) ? paths.filter((path) => typeof path === 'string').join(', ') || null : null,
    location,
    runKey: keyOf(textAt(snapshot, 'id') ?? ''),
  });
}

function runRecord(document: Json, location: string | null): NeutralRecord {
  const metrics = at(document, 'backup_metrics');
  const errors = countAt(metrics, 'errors');
  const startedAt = epochTime(at(metrics, 'backup_start_timestamp'));
  const id = textAt(metrics, 'id');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: (errors ?? 0) > 0 ? 'PARTIAL' : 'PASSED',
    strength: 'COMPLETED',
    startedAt,
    finishedAt: epochTime(at(metrics, 'backup_end_timestamp')),
    recoveryPointAt: startedAt,
    timeBasis: startedAt && 'EPOCH',
    dataset: textAt(metrics, 'Folder') ?? textAt(document, 'name'),
    location,
    errorCount: errors,
    runKey: id ? keyOf(id) : null,
  });
}

function readWebhook(output: ToolOutput, document: Json): Reading {
  const location = textAt(document, 'bucket_name');
  const listed = objectsAt(document, 'snapshots')
    .filter((snapshot) => textAt(snapshot, 'id') !== null)
    .map((snapshot) => snapshotRecord(snapshot, location));
  if (!isObject(at(document, 'backup_metrics')))
    return { records: listed, flags: listed.length === 0 ? ['EMPTY_INVENTORY'] : [] };
  const run = runRecord(document, location);
  const { rid } = output.submission;
  const named = run.runKey ?? (rid ? `rid:${rid}` : null);
  // The run stands for its own snapshot, of which it knows more than the list does.
  return { records: [{ ...run, runKey: named }, ...listed.filter(({ runKey }) => runKey !== named)] };
}

/** A custom resource: its condition Completed says that it is over, and its reason how. `Finished` alone says neither. */
function resourceRecord(resource: Resource): NeutralRecord | null {
  const kind = textAt(resource, 'kind') as keyof typeof STRENGTHS;
  const completed = objectsAt(resource, 'status', 'conditions').find(
    (condition) => condition['type'] === 'Completed' && condition['status'] === 'True',
  );
  const reason = textAt(completed, 'reason');
  const outcome = !completed ? 'RUNNING' : reason === 'Succeeded' ? 'PASSED' : reason === 'Failed' ? 'FAILED' : null;
  if (!outcome) return null;
  const startedAt = offsetTime(at(resource, 'metadata', 'creationTimestamp'));
  return recordOf(TOOL, {
    kind: EVIDENCE_KINDS[kind],
    outcome,
    strength: STRENGTHS[kind],
    startedAt,
    finishedAt: offsetTime(at(completed, 'lastTransitionTime')),
    recoveryPointAt: kind === 'Backup' ? startedAt : null,
    timeBasis: 'OFFSET',
    dataset: nameOf(resource),
    message: textAt(completed, 'message'),
    runKey: `k8up:${textAt(resource, 'metadata', 'uid') ?? nameOf(resource)}`,
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'K8up' });
  const { document } = output;
  if (document !== undefined && isWebhook(document)) return readWebhook(output, document);
  const resources = requireResources(output, RESOURCES);
  const records = resources.map(resourceRecord);
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(resources.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const K8UP: ToolAdapter = {
  tool: TOOL,
  name: 'K8up',
  programs: ['k8up'],
  fits: (output) => isWebhook(output.document) || holdsResources(output, RESOURCES),
  read,
  commandFor: (inletUrl) =>
    `kubectl patch schedule nightly --type merge -p ${quoted(JSON.stringify({ spec: { backup: { statsURL: `${inletUrl}?tool=${TOOL}` } } }))}`,
};
