import type { SqlParameters } from '../../../access/scope/scope-sql';
import { inItems, inPack, inPeriod, inSystems, type PackScope } from './pack-scope';
import type { Section } from './section';

/** What was not to be met, with whose word. A waiver belongs to the time in which it was asked for, decided, or held. */
export const WAIVERS: Section = {
  file: 'waivers.ndjson',
  people: ['requestedById', 'decidedById', 'revokedById'],
  sql: (scope, parameters) => `
    SELECT w.id, w.system_id AS "systemId", w.rule_key AS "ruleKey", w.duty_of AS "dutyOf", w.backup_requirement_id AS "backupRequirementId",
      w.reason, w.compensating_measure AS "compensatingMeasure", w.evidence, w.expires_on::text AS "expiresOn", w.renewals, w.status,
      w.requested_by_id AS "requestedById", w.requested_at AS "requestedAt", w.decided_by_id AS "decidedById",
      w.decided_at AS "decidedAt", w.comment, w.revoked_by_id AS "revokedById", w.revoked_at AS "revokedAt"
    FROM waiver w WHERE ${inSystems(scope, parameters, 'w.system_id')} AND ${heldIn(scope, parameters)} ORDER BY w.requested_at, w.id`,
};

function heldIn({ fromAt, untilAt }: PackScope, parameters: SqlParameters): string {
  const bounds = [
    fromAt &&
      `greatest(w.expires_on + interval '2 days', w.requested_at, w.decided_at, w.revoked_at) >= ${parameters.bind(fromAt)}`,
    untilAt && `w.requested_at < ${parameters.bind(untilAt)}`,
  ].filter(Boolean);
  return bounds.length > 0 ? `(${bounds.join(' AND ')})` : 'TRUE';
}

/** What ended the reason of a reminder before it was sent: the first change of its obligation afterwards to something that nobody has to act on. */
const ENDED_BY = `(SELECT json_build_object('transitionId', t.id, 'toState', t.to_state, 'at', t.at, 'evidenceId', t.evidence_id)
  FROM obligation_transition t WHERE t.obligation_id = r.obligation_id AND t.at >= r.created_at
    AND coalesce(t.to_state, 'MET') IN ('MET','WAIVED','NOT_APPLICABLE') ORDER BY t.at, t.id LIMIT 1)`;

/** Reminders without a system are of improvement items of organisations. */
const ofItems = (scope: PackScope, parameters: SqlParameters): string =>
  `own.obligation_id IN (SELECT t.obligation_id FROM obligation_transition t
    WHERE t.system_id IS NULL AND ${inItems(scope, parameters, 't.duty_of')})`;

/** What was sent, to whom, when, and what cancelled it. */
export const REMINDERS: Section = {
  file: 'reminders.ndjson',
  people: ['recipientId', 'snoozedById'],
  sql: (scope, parameters) => `
    SELECT r.id, r.obligation_id AS "obligationId", r.system_id AS "systemId", r.rule_key AS "ruleKey", r.occurrence, r.stage, r.audience,
      r.offset_days AS "offsetDays", r.planned_on::text AS "plannedOn", r.recipient_id AS "recipientId", r.channel, r.status, r.outcome,
      r.created_at AS "createdAt", r.sent_at AS "sentAt", r.acknowledged_at AS "acknowledgedAt", r.read_at AS "readAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'digestOn', m.digest_on, 'status', m.status) END AS mail,
      CASE WHEN z.id IS NOT NULL THEN json_build_object('untilOn', z.until_on, 'reason', z.reason) END AS snooze,
      z.snoozed_by_id AS "snoozedById", CASE WHEN r.status = 'CANCELLED' THEN ${ENDED_BY} END AS "endedBy"
    FROM reminder r LEFT JOIN mail m ON m.id = r.mail_id LEFT JOIN snooze z ON z.id = r.snooze_id
    WHERE ${inPack(scope, parameters, 'r.id', 'reminder', () => ofItems(scope, parameters))}
      AND ${inPeriod(scope, parameters, 'r.created_at')}
    ORDER BY r.planned_on, r.id`,
};
