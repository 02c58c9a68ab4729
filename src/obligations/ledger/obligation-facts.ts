import { EntityManager } from 'typeorm';
import { BackupFinding, BackupTerms } from '../../core/backup/check-requirement';
import { EvidenceFacts, EvidenceKind } from '../../core/evidence/evidence';
import { ItemFacts } from '../../core/improvement/judge-item';
import { ApprovedVersion, BackupRequirementFacts, SystemFacts } from '../../core/obligation/derive-obligations';
import { Ruling } from '../../core/obligation/obligation';
import { DatedPolicy } from '../../core/policy/grace';
import type { Reason } from '../../core/readiness/reason';
import { EFFECTIVE_POLICY } from './effective-policy';
import { EVIDENCE, EVIDENCE_OF_KINDS } from './evidence-statement';
import { Obligation } from '../obligation.entity';

/** Everything that decides the obligations of one system. */
export interface FactsOfSystem {
  system: SystemFacts & { organisationId: string };
  policyId: string | null;
  requirements: RequirementFacts[];
  evidence: EvidenceFacts[];
  /** Waivers that hold on the day, and later. */
  rulings: Ruling[];
  /** Improvement items that are open. */
  items: ItemFacts[];
  stored: StoredObligation[];
}

/** A requirement that is not withdrawn, with what was last found amiss in it. */
export type RequirementFacts = BackupRequirementFacts & BackupTerms & { rpoMinutes: number; findings: BackupFinding[] };

/** Of a duty what a verdict looks at. The reason may still be the JSON that is stored: only that of one duty is ever told. */
export type Standing = Pick<
  Obligation,
  'id' | 'dutyOf' | 'ruleKey' | 'kind' | 'gating' | 'state' | 'action' | 'dueOn'
> & {
  reason: Reason | string;
};

/** A duty that may stay as it is: what a verdict looks at, what its action follows from, and whether its hour has come. */
export type Glance = Omit<Standing, 'action' | 'reason'> &
  Pick<Obligation, 'policyId' | 'backupRequirementId'> & { reason: string; proven: boolean; due: boolean };

/** The columns of an obligation that a refresh compares and writes. */
export type StoredObligation = Obligation;

/**
 * By when the importance is looked at again (domain.md section 7): as its last assessment says, or six months after a request has lowered the tier, whichever
 * was decided later. The day of a decision is that of the office: before nine in the morning in Tokyo that of UTC is the day before.
 */
const importanceReviewOn = (
  timeZone: string,
): string => `(SELECT CASE WHEN decided.by_request THEN (decided.at AT TIME ZONE ${timeZone})::date + interval '6 months' ELSE decided.review_on END::date::text FROM (
     (SELECT a.approved_at AS at, a.review_on, false AS by_request FROM importance_assessment a
        WHERE a.system_id = s.id AND a.status = 'APPROVED' ORDER BY a.number DESC LIMIT 1)
     UNION ALL
     (SELECT t.decided_at, NULL, true FROM (SELECT * FROM tier_change WHERE system_id = s.id AND status = 'APPROVED' ORDER BY decided_at DESC LIMIT 1) t
        WHERE t.requested_tier = s.tier AND (t.from_tier = 'HIGH' OR t.requested_tier = 'LOW'))
   ) decided ORDER BY decided.at DESC, decided.by_request LIMIT 1)`;

/** What is known of the system `s` itself. `timeZone` is the placeholder of the zone of the office. */
export const systemColumns = (
  timeZone: string,
): string => `s.id, s.organisation_id AS "organisationId", s.tier, s.raises, s.lifecycle, s.operating_since_on::text AS "operatingSinceOn",
    s.tier_since_on::text AS "tierSinceOn", s.changed_on::text AS "changedOn", s.rpo_minutes AS "rpoMinutes",
    s.outsourced, s.public_facing AS "publicFacing", s.hosting, s.confidentiality, ${importanceReviewOn(timeZone)} AS "importanceReviewOn"`;

const SYSTEMS = `
  SELECT ${systemColumns('$2')}, policy.id AS "policyId"
  FROM system s LEFT JOIN LATERAL (${EFFECTIVE_POLICY('s.organisation_id')}) policy ON true
  WHERE s.id = ANY($1::uuid[]) ORDER BY s.id`;

const REQUIREMENTS = `
  SELECT id, system_id AS "systemId", declared_on::text AS "declaredOn", changed_on::text AS "changedOn", rpo_minutes AS "rpoMinutes",
    interval_minutes AS "intervalMinutes", retention, generations, copies, verification_cadence AS "verificationCadence",
    restore_test_cadence AS "restoreTestCadence", findings
  FROM backup_requirement WHERE system_id = ANY($1::uuid[]) AND withdrawn_on IS NULL ORDER BY id`;

const APPROVED_VERSIONS = `
  SELECT p.system_id AS "systemId", p.id AS "procedureId", v.version, v.approved_at AS "approvedAt",
    (lag(v.contacts) OVER versions <> v.contacts) IS TRUE AS "contactsChanged"
  FROM procedure p JOIN procedure_version v ON v.procedure_id = p.id
  WHERE p.system_id = ANY($1::uuid[]) AND v.approved_at <= $2
  WINDOW versions AS (PARTITION BY p.id ORDER BY v.version) ORDER BY p.id, v.version`;

const RULINGS = `
  SELECT system_id AS "systemId", 'WAIVED' AS state, rule_key AS "ruleKey", backup_requirement_id AS "backupRequirementId",
    decided_at AS "grantedAt", expires_on::text AS "expiresOn"
  FROM waiver WHERE system_id = ANY($1::uuid[]) AND status = 'APPROVED' AND expires_on >= ($2::timestamptz - interval '2 days')::date
  ORDER BY id`;

const ITEMS = `
  SELECT id, system_id AS "systemId", organisation_id AS "organisationId", title, opened_at AS "openedAt", due_on::text AS "dueOn"
  FROM improvement_item WHERE status IN ('OPEN','IN_PROGRESS')`;

const STORED = `
  SELECT id, system_id AS "systemId", backup_requirement_id AS "backupRequirementId", duty_of AS "dutyOf",
    organisation_id AS "organisationId", tier, rule_key AS "ruleKey", kind, gating, policy_id AS "policyId", state, reason, action,
    due_on::text AS "dueOn", due_at AS "dueAt", since, evidence_id AS "evidenceId", attention_at AS "attentionAt", occasion,
    notified_through_on::text AS "notifiedThroughOn", notify_at AS "notifyAt"
  FROM obligation`;

const GLANCES = `
  SELECT id, system_id AS "systemId", duty_of AS "dutyOf", rule_key AS "ruleKey", kind, gating, policy_id AS "policyId", state,
    reason::text, backup_requirement_id AS "backupRequirementId", evidence_id IS NOT NULL AS proven, due_on::text AS "dueOn",
    (attention_at <= $2) IS TRUE AS due
  FROM obligation WHERE system_id = ANY($1::uuid[])`;

const OF_SYSTEMS = 'system_id = ANY($1::uuid[])';

/**
 * Locks a batch of systems in the order of their ids until the transaction ends, so that two writers of one system take turns and no two batches
 * wait for each other in a circle. Whatever is judged afterwards, also the time, is to be read after it.
 */
export async function lockSystems(m: EntityManager, systemIds: readonly string[]): Promise<void> {
  await m.query('SELECT id FROM system WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [systemIds]);
}

/** A system, and the policy in force for it. */
export interface SystemInForce {
  system: Omit<FactsOfSystem['system'], 'approvedVersions'>;
  policyId: string | null;
}

/** Loads some systems in the order of their ids; `timeZone` is that of the office. */
export async function loadSystems(
  m: EntityManager,
  systemIds: readonly string[],
  timeZone: string,
): Promise<SystemInForce[]> {
  type Row = SystemInForce['system'] & Pick<SystemInForce, 'policyId'>;
  const rows = await m.query<Row[]>(SYSTEMS, [systemIds, timeZone]);
  return rows.map(({ policyId, ...system }) => ({ system, policyId }));
}

/** How the duties of systems stand, by system; `due` are those whose hour has come at `asOf`. */
export async function loadGlances(
  m: EntityManager,
  systemIds: readonly string[],
  asOf: Date,
): Promise<Map<string, Glance[]>> {
  return bySystem(await m.query<(Glance & { systemId: string })[]>(GLANCES, [systemIds, asOf]));
}

/** A part of the facts: these rows of obligations, and the evidence of these kinds. */
export interface Part {
  stored: readonly string[];
  kinds: readonly EvidenceKind[];
}

/** Loads the facts of a batch of locked systems, up to the instant `knownUntil`, in six statements. */
export async function loadFacts(
  m: EntityManager,
  systems: readonly SystemInForce[],
  knownUntil: Date,
  part: Part | null = null,
): Promise<FactsOfSystem[]> {
  if (systems.length === 0) return [];
  const ids = systems.map(({ system }) => system.id);
  const { requirements, versions, evidence, rulings } = await loadProof(m, ids, knownUntil, part?.kinds);
  const items = bySystem(
    await m.query<(ItemFacts & { systemId: string })[]>(`${ITEMS} AND ${OF_SYSTEMS} ORDER BY id`, [ids]),
  );
  const stored = bySystem(
    await m.query<(StoredObligation & { systemId: string })[]>(
      `${STORED} WHERE ${part ? 'id = ANY($1::uuid[])' : OF_SYSTEMS}`,
      [part?.stored ?? ids],
    ),
  );
  return systems.map(({ system, policyId }) => ({
    system: { ...system, approvedVersions: versions.get(system.id) ?? [] },
    policyId,
    requirements: requirements.get(system.id) ?? [],
    evidence: evidence.get(system.id) ?? [],
    rulings: rulings.get(system.id) ?? [],
    items: items.get(system.id) ?? [],
    stored: stored.get(system.id) ?? [],
  }));
}

/** What decides the obligations that an organisation has for itself. */
export interface FactsOfOrganisation {
  organisationId: string;
  items: ItemFacts[];
  stored: StoredObligation[];
}

/** Loads those of some organisations, in the order of their ids, locked until the transaction ends. */
export async function loadOwnFacts(
  m: EntityManager,
  organisationIds: readonly string[],
): Promise<FactsOfOrganisation[]> {
  const locked = await m.query<{ id: string }[]>(
    'SELECT id FROM organisation WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [organisationIds],
  );
  const own = 'system_id IS NULL AND organisation_id = ANY($1::uuid[])';
  const items = await m.query<(ItemFacts & { organisationId: string })[]>(`${ITEMS} AND ${own} ORDER BY id`, [
    organisationIds,
  ]);
  const stored = await m.query<StoredObligation[]>(`${STORED} WHERE ${own}`, [organisationIds]);
  return locked.map(({ id: organisationId }) => ({
    organisationId,
    items: items.filter((item) => item.organisationId === organisationId),
    stored: stored.filter((row) => row.organisationId === organisationId),
  }));
}

/** What the duties of systems are judged by, by system. */
export interface Proof {
  requirements: Map<string, RequirementFacts[]>;
  versions: Map<string, ApprovedVersion[]>;
  evidence: Map<string, EvidenceFacts[]>;
  rulings: Map<string, Ruling[]>;
}

/** Loads it up to the instant `knownUntil` in four statements, of the evidence only these kinds where some are named. */
export async function loadProof(
  m: EntityManager,
  systemIds: readonly string[],
  knownUntil: Date,
  kinds: readonly EvidenceKind[] | null = null,
): Promise<Proof> {
  const requirements = await m.query<(RequirementFacts & { systemId: string })[]>(REQUIREMENTS, [systemIds]);
  const versions = await m.query<(ApprovedVersion & { systemId: string })[]>(APPROVED_VERSIONS, [
    systemIds,
    knownUntil,
  ]);
  const evidence = await m.query<(EvidenceFacts & { systemId: string })[]>(
    kinds ? EVIDENCE_OF_KINDS : EVIDENCE,
    kinds ? [systemIds, knownUntil, kinds] : [systemIds, knownUntil],
  );
  const rulings = await m.query<(Ruling & { systemId: string })[]>(RULINGS, [systemIds, knownUntil]);
  return {
    requirements: bySystem(requirements),
    versions: bySystem(versions),
    evidence: bySystem(evidence),
    rulings: bySystem(rulings),
  };
}

function bySystem<T extends { systemId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.systemId);
    if (group) group.push(row);
    else groups.set(row.systemId, [row]);
  }
  return groups;
}

/** What of a policy decides obligations. */
export type PolicyInForce = DatedPolicy;

/**
 * Policies never change once published, so each is read once per process. One that this very transaction publishes is not kept: it may yet be
 * rolled back, and then edited.
 */
export class PolicyCache {
  private readonly policies = new Map<string, PolicyInForce>();

  async load(m: EntityManager, policyIds: readonly string[]): Promise<ReadonlyMap<string, PolicyInForce>> {
    const missing = [...new Set(policyIds)].filter((id) => !this.policies.has(id));
    if (missing.length === 0) return this.policies;
    const rows = await m.query<({ id: string; committed: boolean } & PolicyInForce)[]>(
      `SELECT id, rules, owed_since AS "owedSince", eased, (xmin = pg_current_xact_id_if_assigned()::xid) IS NOT TRUE AS committed
       FROM policy WHERE id = ANY($1::uuid[])`,
      [missing],
    );
    const loaded = new Map(this.policies);
    for (const { id, committed, ...policy } of rows) {
      loaded.set(id, policy);
      if (committed) this.policies.set(id, policy);
    }
    return loaded;
  }
}
