import type { SqlParameters } from '../../../access/scope/scope-sql';
import { inItems, inPack, inPeriod, inSystems, type PackScope } from './pack-scope';
import type { Section } from './section';

/** Whether a proof belongs to the time of the pack: it was done or recorded in it, or something in the pack rests on it. */
function inTime(scope: PackScope, parameters: SqlParameters): string {
  if (!scope.fromAt && !scope.untilAt) return 'TRUE';
  return `(${inPeriod(scope, parameters, 'e.performed_at')} OR ${inPeriod(scope, parameters, 'e.recorded_at')}
    OR e.id IN (SELECT o.evidence_id FROM obligation o WHERE ${inPack(scope, parameters, 'o.id', 'obligation')})
    OR e.id IN (SELECT t.evidence_id FROM obligation_transition t
      WHERE ${inPack(scope, parameters, 't.id', 'obligation_transition')} AND ${inPeriod(scope, parameters, 't.at')}))`;
}

const RESTORE_TEST = `(SELECT json_build_object('id', rt.id, 'restored', rt.restored, 'fromCopy', rt.from_copy, 'startedAt', rt.started_at,
    'finishedAt', rt.finished_at, 'checks', rt.checks, 'files', (SELECT coalesce(json_agg(json_build_object('name', a.file_name,
      'mediaType', a.media_type, 'bytes', octet_length(a.content), 'sha256', a.sha256) ORDER BY a.added_at, a.id), '[]')
      FROM restore_test_attachment a WHERE a.restore_test_id = rt.id))
  FROM restore_test rt WHERE rt.evidence_id = e.id)`;

/** Proofs without a system are those on which improvement items of organisations were closed. */
const closedOn = (scope: PackScope, parameters: SqlParameters): string =>
  `own.id IN (SELECT i.evidence_id FROM improvement_item i WHERE ${inItems(scope, parameters, 'i.id')})`;

/** The proofs as they were sent, with the digests of what they came from. */
export const EVIDENCE: Section = {
  file: 'evidence.ndjson',
  people: ['performerId', 'recordedById', 'attestedById'],
  sql: (scope, parameters) => `
    SELECT e.id, e.system_id AS "systemId", e.backup_requirement_id AS "backupRequirementId", e.kind, e.subject, e.rule_key AS "ruleKey",
      e.outcome, e.strength, e.performed_at AS "performedAt", e.recorded_at AS "recordedAt", e.recovery_point_at AS "recoveryPointAt",
      e.measured_minutes AS "measuredMinutes", e.drill, e.drill->>'attestedById' AS "attestedById",
      e.credited_drill_type AS "creditedDrillType", e.copy_facts AS "copyFacts", e.tool, e.run_id AS "runId", e.note, e.link, e.source,
      e.performer_id AS "performerId", e.recorded_by_id AS "recordedById", e.usable, e.inlet_id AS "inletId",
      e.submission_id AS "submissionId", e.started_at AS "startedAt", e.finished_at AS "finishedAt", e.size_bytes AS "sizeBytes",
      e.stored_bytes AS "storedBytes", e.size_basis AS "sizeBasis", e.flags, e.run, e.sha256, e.superseded_by_id AS "supersededById",
      e.shared_from_id AS "sharedFromId",
      (SELECT coalesce(json_agg(was.id ORDER BY was.id), '[]') FROM evidence was WHERE was.superseded_by_id = e.id) AS supersedes,
      CASE WHEN sent.id IS NOT NULL THEN json_build_object('receivedAt', sent.received_at, 'bytes', sent.length,
        'sha256', sent.raw_sha256) END AS message,
      ${RESTORE_TEST} AS "restoreTest"
    FROM evidence e LEFT JOIN submission sent ON sent.id = e.submission_id
    WHERE ${inPack(scope, parameters, 'e.id', 'evidence', () => closedOn(scope, parameters))}
      AND ${inTime(scope, parameters)}
    ORDER BY e.system_id, e.performed_at, e.id`,
};

/** The runs of drills and of real outages. */
export const DRILLS: Section = {
  file: 'drills.ndjson',
  people: ['plannedById', 'startedById', 'completedById', 'attestedById'],
  sql: (scope, parameters) => `
    SELECT d.id, d.system_id AS "systemId", d.kind, d.type, d.title, d.scheduled_at AS "scheduledAt", d.planned_minutes AS "plannedMinutes",
      d.status, d.cancel_reason AS "cancelReason", d.planned_by_id AS "plannedById", run.id AS "runId", run.status AS "runStatus",
      run.started_at AS "startedAt", run.started_by_id AS "startedById", run.finished_at AS "finishedAt", run.claimed, run.check_held AS "checkHeld",
      run.completed_by_id AS "completedById", run.attested_by_id AS "attestedById", run.attested_at AS "attestedAt",
      run.evidence_id AS "evidenceId", run.report_sha256 AS "reportSha256"
    FROM drill d LEFT JOIN drill_run run ON run.drill_id = d.id
    WHERE ${inSystems(scope, parameters, 'd.system_id')}
      AND (${inPeriod(scope, parameters, 'd.scheduled_at')} OR run.id IS NOT NULL AND ${inPeriod(scope, parameters, 'run.opened_at')})
    ORDER BY d.scheduled_at, d.id, run.opened_at, run.id`,
};
