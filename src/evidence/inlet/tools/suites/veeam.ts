import type { Json } from '../../payload/exact-json';
import { at, countAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordKind, RecordOutcome } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import { basisAt } from '../../payload/powershell';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { sessionsOfPowerShell } from './veeam-powershell';

const TOOL = 'veeam';
const RESULTS: Readonly<Record<string, RecordOutcome>> = { Success: 'PASSED', Warning: 'PARTIAL', Failed: 'FAILED' };
const BACKUP = /Backup(?:Job|Policy|Agent\w*)?$|^(?:Agent|Vbk|Endpoint)\w*Backup/i;
const RESTORE = /Restore|Recovery/i;
const SURE_BACKUP = /^SureBackup|^VerificationJob|SureBackup/i;
/** A SureBackup that starts no machine: it looks into the backup files for damage and malware. */
const CONTENT_SCAN = /ContentScan/i;
/** Copies of what was backed up, what is done with backups that are there, logs between them, and the backup of Veeam's own settings. */
const OF_NO_DATA =
  /(?<!From)Copy|Offload|Archive|Configuration|Replica|Tape|Transfer|Import|Evacuate|Rescan|Delete|Retrieve|MoveBackup|StopBackup|LogBackup/i;
/** Steps around a restore, and what has the word in its name only. */
const NO_RESTORE = /Management$|Undo$|Stop$/i;

const isSession = (entry: Json | undefined): boolean =>
  textAt(entry, 'sessionType') !== null && textAt(entry, 'state') !== null && textAt(entry, 'creationTime') !== null;

/** A page of sessions, an array of them, or one. */
function sessionsOf(document: Json | undefined): Json[] | null {
  if (isSession(document)) return [document as Json];
  const list = Array.isArray(document) ? document : at(document, 'data');
  const isPage = Array.isArray(document) || at(document, 'pagination') !== undefined;
  return Array.isArray(list) && list.every(isSession) && (list.length > 0 || (isPage && !Array.isArray(document)))
    ? list
    : null;
}

function kindOf(session: Json): { kind: RecordKind; strength: NeutralRecord['strength'] } | null {
  const type = textAt(session, 'sessionType') ?? '';
  if (CONTENT_SCAN.test(type)) return { kind: 'VERIFICATION', strength: 'STRUCTURE_CHECKED' };
  if (SURE_BACKUP.test(type)) return { kind: 'RESTORE_TEST', strength: 'VALIDATED' };
  // An offload carries the type of the job whose points it moves; its name tells it.
  if (OF_NO_DATA.test(type) || /\boffload\b/i.test(textAt(session, 'name') ?? '')) return null;
  if (RESTORE.test(type) && !NO_RESTORE.test(type)) return { kind: 'RESTORE_TEST', strength: 'RESTORED' };
  return BACKUP.test(type) ? { kind: 'BACKUP', strength: 'COMPLETED' } : null;
}

/** Undefined for an ended session whose result nobody knows. */
function outcomeOf(session: Json): RecordOutcome | undefined {
  if (textAt(session, 'state') !== 'Stopped') return 'RUNNING';
  if (at(session, 'result', 'isCanceled') === true) return 'FAILED';
  return RESULTS[textAt(session, 'result', 'result') ?? textAt(session, 'result') ?? ''];
}

function recordOfSession(session: Json, outcome: RecordOutcome): NeutralRecord | null {
  const kind = kindOf(session);
  if (!kind) return null;
  const startedAt = offsetTime(at(session, 'creationTime'));
  const id = textAt(session, 'id');
  return recordOf(TOOL, {
    ...kind,
    outcome,
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : offsetTime(at(session, 'endTime')),
    recoveryPointAt: kind.kind === 'BACKUP' ? startedAt : null,
    timeBasis: basisAt(session),
    dataset: textAt(session, 'name'),
    message: textAt(session, 'result', 'message'),
    runKey: id && `${TOOL}:${id}`,
  });
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Veeam' });
  const document = output.requireDocument();
  const clock = output.clock();
  const sessions = sessionsOf(document) ?? sessionsOfPowerShell(document, clock);
  if (!sessions) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_JOBS', { tool: 'Veeam' });
  const judged = sessions.filter((session) => kindOf(session) !== null);
  const known = judged.flatMap((session) => {
    const outcome = outcomeOf(session);
    return (outcome && recordOfSession(session, outcome)) ?? [];
  });
  const total = countAt(document, 'pagination', 'total');
  return {
    records: known,
    flags: [
      ...clock.flags,
      ...(known.length < judged.length || sessions.some((session) => !textAt(session, 'sessionType'))
        ? ['UNKNOWN_STATUS']
        : []),
      ...(total !== null && total > sessions.length ? ['PAGE_INCOMPLETE'] : []),
      ...(sessions.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const VEEAM: ToolAdapter = {
  tool: TOOL,
  name: 'Veeam Backup & Replication',
  fits: (output) =>
    sessionsOf(output.document) !== null || sessionsOfPowerShell(output.document, output.clock()) !== null,
  read,
  commandFor: (inletUrl) =>
    reported(
      inletUrl,
      TOOL,
      `curl -fsS -H "Authorization: Bearer $VEEAM_TOKEN" -H 'x-api-version: 1.1-rev1' "https://$VEEAM_SERVER:9419/api/v1/sessions?limit=200"`,
    ),
};
