import type { Json } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime } from '../../payload/tool-times';
import type { Reading } from '../tool-adapter';

/** Tasks that back up, read or restore. Pruning, garbage collection, syncs and readers of a store prove nothing. */
const TASKS: Readonly<Record<string, Pick<NeutralRecord, 'kind' | 'strength'>>> = {
  vzdump: { kind: 'BACKUP', strength: 'COMPLETED' },
  qmrestore: { kind: 'RESTORE_TEST', strength: 'RESTORED' },
  vzrestore: { kind: 'RESTORE_TEST', strength: 'RESTORED' },
  backup: { kind: 'BACKUP', strength: 'COMPLETED' },
  verificationjob: { kind: 'VERIFICATION', strength: 'DATA_CHECKED' },
  verify: { kind: 'VERIFICATION', strength: 'DATA_CHECKED' },
  verify_group: { kind: 'VERIFICATION', strength: 'DATA_CHECKED' },
  verify_snapshot: { kind: 'VERIFICATION', strength: 'DATA_CHECKED' },
};
/** `store:vm/100`, of a snapshot with its time in hexadecimal digits behind it. */
const GROUP = /[:/](vm|ct|host)\/([^/:\s]+)(?:\/([\dA-F]{8}))?$/i;
const ENDED_WITH_WARNINGS = /^WARNINGS: \d+$/;

const isTask = (entry: Json): boolean =>
  /^UPID:/.test(textAt(entry, 'upid') ?? '') && at(entry, 'starttime') !== undefined;

/**
 * The tasks of a node that Proxmox VE (`type`) or Proxmox Backup Server (`worker_type`) lists as JSON, the API's answer around them, or the status
 * of one; null for anything else.
 */
export function tasksOf(document: Json | undefined, type: 'type' | 'worker_type'): Json[] | null {
  const inner = at(document, 'data') ?? document;
  const list = Array.isArray(inner) ? inner : inner === undefined ? [] : [inner];
  return list.length > 0 && list.every((entry) => isTask(entry) && textAt(entry, type) !== null) ? list : null;
}

/** What tasks say of how they ended. They name no archive: a run has the name of its task. */
export function readTasks(tool: string, output: ToolOutput, tasks: readonly Json[]): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Proxmox' });
  const judged = tasks.flatMap((task) => {
    const word = textAt(task, 'worker_type') ?? textAt(task, 'type') ?? '';
    const proof = Object.hasOwn(TASKS, word) ? TASKS[word] : undefined;
    return proof ? [recordOfTask(tool, task, word, proof)] : [];
  });
  const known = judged.filter((record) => record !== null);
  return { records: known, flags: known.length < judged.length ? ['UNKNOWN_STATUS'] : [] };
}

function recordOfTask(
  tool: string,
  task: Json,
  word: string,
  proof: Pick<NeutralRecord, 'kind' | 'strength'>,
): NeutralRecord | null {
  const outcome = outcomeOf(task);
  if (!outcome) return null;
  const name = textAt(task, 'worker_id') ?? textAt(task, 'id');
  const [group, type, id, time] = GROUP.exec(name ?? '') ?? [];
  const startedAt = epochTime(at(task, 'starttime'));
  const takenAt = time ? epochTime(Number.parseInt(time, 16)) : null;
  const isOfServer = textAt(task, 'worker_type') !== null;
  // What was verified not long ago is left out, and a list of tasks does not tell how much that was.
  const mayLeaveOut = proof.kind === 'VERIFICATION' && word !== 'verify_snapshot' && outcome !== 'FAILED';
  return recordOf(tool, {
    ...proof,
    outcome,
    coverage: mayLeaveOut ? 0 : null,
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : epochTime(at(task, 'endtime')),
    recoveryPointAt: proof.kind === 'BACKUP' ? startedAt : null,
    timeBasis: startedAt && 'EPOCH',
    host: isOfServer ? null : textAt(task, 'node'),
    dataset: isOfServer ? (group ? `${type}/${id}` : null) : name,
    location: isOfServer ? (name?.split(':')[0] ?? null) : null,
    message: outcome === 'PASSED' || outcome === 'RUNNING' ? null : statusOf(task),
    runKey: `${tool}:${textAt(task, 'upid')}`,
    covers: takenAt && outcome === 'PASSED' ? [`pbs:${type}/${id}/${takenAt.getTime() / 1000}`] : [],
    flags: mayLeaveOut ? ['COVERAGE_PARTIAL'] : [],
  });
}

/** Of one task the status says whether it runs, and another field how it ended; in a list one field says both. */
const statusOf = (task: Json): string | null => textAt(task, 'exitstatus') ?? textAt(task, 'status');

/** Any other text is the message of the error that a task ended with; null where nobody knows how it ended. */
function outcomeOf(task: Json): RecordOutcome | null {
  const status = statusOf(task);
  const hasEnded = epochTime(at(task, 'endtime')) !== null || textAt(task, 'exitstatus') !== null;
  if (!hasEnded) return status === null || /^running$/i.test(status) ? 'RUNNING' : outcomeOfWord(status);
  return status === null ? null : outcomeOfWord(status);
}

function outcomeOfWord(status: string): RecordOutcome | null {
  if (status === 'OK') return 'PASSED';
  if (ENDED_WITH_WARNINGS.test(status)) return 'PARTIAL';
  return /^(?:unknown|stopped|running)$/i.test(status) ? null : 'FAILED';
}
