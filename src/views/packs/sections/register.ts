import type { Reason } from '../../../core/readiness/reason';
import { inPack, inPeriod, inSystems } from './pack-scope';
import type { Section } from './section';

const ORGANISATION = `json_build_object('id', org.id, 'code', org.code, 'name', org.name, 'nameEn', org.name_en)`;

/** The systems with their verdicts. */
export const SYSTEMS: Section = {
  file: 'systems.ndjson',
  people: ['ownerId', 'deputyId'],
  sql: (scope, parameters) => `
    SELECT s.id, s.code, s.name, s.name_en AS "nameEn", ${ORGANISATION} AS organisation, s.owner_id AS "ownerId",
      s.deputy_id AS "deputyId", s.tier, s.lifecycle, s.rto_minutes AS "rtoMinutes", s.rpo_minutes AS "rpoMinutes",
      s.mtd_minutes AS "mtdMinutes", s.operating_since_on::text AS "operatingSinceOn", s.tier_since_on::text AS "tierSinceOn", s.raises,
      s.retired_on::text AS "retiredOn", r.verdict, r.policy_id AS "policyId"
    FROM system s JOIN organisation org ON org.id = s.organisation_id LEFT JOIN system_readiness r ON r.system_id = s.id
    WHERE ${inSystems(scope, parameters, 's.id')} ORDER BY org.code, s.code, s.id`,
};

/** What is asked of their backups. */
export const REQUIREMENTS: Section = {
  file: 'requirements.ndjson',
  people: ['authorId', 'approvedById'],
  sql: (scope, parameters) => `
    SELECT b.id, b.system_id AS "systemId", b.dataset, b.method, b.interval_minutes AS "intervalMinutes", b.retention, b.generations,
      b.rpo_minutes AS "rpoMinutes", b.verification_cadence AS "verificationCadence", b.restore_test_cadence AS "restoreTestCadence",
      b.copies, b.status, b.author_id AS "authorId", b.approved_by_id AS "approvedById", b.approved_at AS "approvedAt",
      b.declared_on::text AS "declaredOn", b.changed_on::text AS "changedOn", b.withdrawn_on::text AS "withdrawnOn"
    FROM backup_requirement b WHERE ${inSystems(scope, parameters, 'b.system_id')} ORDER BY b.system_id, b.id`,
};

interface ObligationRow {
  policyId: string | null;
  ruleKey: string;
  reason: Reason;
  itemTitle: string | null;
}

/** What is owed, how it stands and why, in both languages. */
export const OBLIGATIONS: Section = {
  file: 'obligations.ndjson',
  sql: (scope, parameters) => `
    SELECT o.id, o.system_id AS "systemId", o.organisation_id AS "organisationId", o.backup_requirement_id AS "backupRequirementId",
      o.duty_of AS "dutyOf", o.rule_key AS "ruleKey", i.title AS "itemTitle", o.kind, o.tier, o.gating, o.state, o.reason,
      o.due_on::text AS "dueOn", o.due_at AS "dueAt", o.since, o.policy_id AS "policyId", o.evidence_id AS "evidenceId"
    FROM obligation o LEFT JOIN improvement_item i ON i.id = o.duty_of
    WHERE ${inPack(scope, parameters, 'o.id', 'obligation')}
    ORDER BY o.system_id, o.rule_key, o.id`,
  lines: async (rows, wording) => {
    const obligations = rows as unknown as ObligationRow[];
    await wording.load(obligations);
    return obligations.map(({ itemTitle, reason, ...row }) => ({
      ...row,
      title: wording.title(row.policyId, row.ruleKey, itemTitle),
      reason: { ...reason, text: wording.reason(row.policyId, reason) },
    }));
  },
};

/** Every change of state. */
export const TRANSITIONS: Section = {
  file: 'transitions.ndjson',
  sql: (scope, parameters) => `
    SELECT t.id, t.obligation_id AS "obligationId", t.system_id AS "systemId", t.rule_key AS "ruleKey", t.duty_of AS "dutyOf",
      t.from_state AS "fromState", t.to_state AS "toState", t.at, t.evidence_id AS "evidenceId"
    FROM obligation_transition t
    WHERE ${inPack(scope, parameters, 't.id', 'obligation_transition')} AND ${inPeriod(scope, parameters, 't.at')} ORDER BY t.at, t.id`,
};
