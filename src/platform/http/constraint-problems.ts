import { fieldProblem, Problem } from './problem';

/** What the driver tells of a refused statement. */
export interface DatabaseError {
  /** SQLSTATE. */
  code: string;
  constraint?: string;
  detail?: string;
}

const duplicate = (field: string): Problem => fieldProblem(409, field, 'DUPLICATE');
const unknown = (field: string): Problem => fieldProblem(422, field, 'NOT_FOUND');
const belowItself = (): Problem =>
  new Problem(409, 'ORGANISATION_CYCLE', { errors: [{ field: 'parentId', code: 'ORGANISATION_CYCLE' }] });

/**
 * What a refusal by PostgreSQL means to the caller, by constraint. Services check first where a sentence is needed; this table is for what
 * slips between check and write, and for rules that only the database holds.
 */
const BY_CONSTRAINT: Readonly<Record<string, () => Problem>> = {
  uq_app_user_email: () => duplicate('email'),
  uq_organisation_code: () => duplicate('code'),
  uq_system_code: () => duplicate('code'),
  uq_role_assignment: () => fieldProblem(400, 'roles', 'NOT_UNIQUE'),
  uq_oidc_group_mapping: () => fieldProblem(400, 'mappings', 'NOT_UNIQUE'),
  uq_backup_requirement_dataset: () => duplicate('dataset'),
  uq_backup_profile_name: () => duplicate('name'),
  ck_backup_profile_interval: () => fieldProblem(422, 'interval', 'INTERVAL_EXCEEDS_RPO'),
  uq_import_profile_name: () => duplicate('name'),
  uq_channel_name: () => duplicate('name'),
  uq_inlet_name: () => duplicate('name'),
  uq_evidence_inlet_run: () => new Problem(503, 'BUSY', { retryAfterSeconds: 1 }),
  uq_evidence_run: () => duplicate('runId'),
  uq_policy_draft: () => new Problem(409, 'CONFLICT'),
  uq_policy_published: () => new Problem(409, 'CONFLICT'),
  uq_policy_version: () => new Problem(409, 'CONFLICT'),
  uq_procedure_version: () => new Problem(409, 'CONFLICT'),
  uq_procedure_version_approved: () => new Problem(409, 'CONFLICT'),
  ck_organisation_cycle: () => belowItself(),
  ck_organisation_not_own_parent: () => belowItself(),
  ck_procedure_version_approver: () => new Problem(409, 'OWN_REQUEST'),
  ck_backup_requirement_approver: () => new Problem(409, 'OWN_REQUEST'),
  ck_procedure_version_submitter: () => new Problem(409, 'OWN_REQUEST'),
  ck_backup_requirement_writers: () => new Problem(409, 'OWN_REQUEST'),
  ck_policy_publisher: () => new Problem(409, 'OWN_REQUEST'),
  ck_tier_change_decider: () => new Problem(409, 'OWN_REQUEST'),
  ck_importance_assessment_approver: () => new Problem(409, 'OWN_REQUEST'),
  uq_importance_assessment_open: () => new Problem(409, 'CONFLICT'),
  ck_waiver_decider: () => new Problem(409, 'OWN_REQUEST'),
  ck_advice_answerer: () => new Problem(409, 'OWN_REQUEST'),
  ck_improvement_closer: () => new Problem(409, 'OWN_WORK'),
  uq_improvement_part: () => new Problem(409, 'CONFLICT'),
  uq_snooze_open: () => new Problem(409, 'ALREADY_SNOOZED'),
  uq_waiver_open: () => new Problem(409, 'WAIVER_WAITING'),
  ck_tier_change_immutable: () => new Problem(409, 'TIER_CHANGE_DECIDED'),
  ck_system_tier_approved: () => fieldProblem(409, 'tier', 'TIER_CHANGE_NEEDED'),
  ck_auditor_only_audits: () => new Problem(409, 'AUDITOR_ONLY_AUDITS'),
  ck_auditor_owns_nothing: () => new Problem(409, 'AUDITOR_OWNS'),
  uq_tier_change_open: () => new Problem(409, 'TIER_CHANGE_WAITING'),
  ck_backup_requirement_interval: () => fieldProblem(422, 'interval', 'INTERVAL_EXCEEDS_RPO'),
  ck_evidence_not_future: () => fieldProblem(422, 'performedAt', 'IN_THE_FUTURE'),
  ck_evidence_recovery_point: () => fieldProblem(422, 'recoveryPointAt', 'AFTER_PERFORMED_AT'),
  ck_report_frozen: () => new Problem(409, 'IMMUTABLE'),
  ck_report_acknowledger: () => new Problem(409, 'OWN_REPORT'),
  uq_report_version: () => new Problem(409, 'REPORT_WAITING'),
  ck_readiness_day_frozen: () => new Problem(409, 'IMMUTABLE'),
  ck_evidence_immutable: () => new Problem(409, 'IMMUTABLE'),
  ck_policy_immutable: () => new Problem(409, 'IMMUTABLE'),
  ck_audit_event_append_only: () => new Problem(409, 'IMMUTABLE'),
  fk_system_organisation: () => unknown('organisationId'),
  fk_system_owner: () => unknown('ownerId'),
  fk_system_deputy: () => unknown('deputyId'),
  fk_organisation_parent: () => unknown('parentId'),
  fk_backup_profile_organisation: () => unknown('organisationId'),
  fk_backup_requirement_profile: () => unknown('backupProfileId'),
  fk_policy_organisation: () => unknown('organisationId'),
  fk_import_profile_organisation: () => unknown('mapping.organisationId'),
  fk_role_assignment_organisation: () => unknown('roles'),
  fk_oidc_group_mapping_organisation: () => unknown('mappings'),
  fk_api_token_organisation: () => unknown('organisationId'),
  fk_evidence_performer: () => unknown('performerId'),
  fk_evidence_requirement: () => unknown('backupRequirementId'),
};

const STILL_REFERENCED = /is still referenced/;

const BY_STATE: Readonly<Record<string, () => Problem>> = {
  // A character or number that JSON can carry and PostgreSQL cannot.
  '22021': () => new Problem(400, 'MALFORMED_TEXT'),
  '22P05': () => new Problem(400, 'MALFORMED_TEXT'),
  '22003': () => new Problem(400, 'MALFORMED_TEXT'),
  '22008': () => new Problem(400, 'MALFORMED_TEXT'),
  // Two writers met: the other one won.
  '40001': () => new Problem(503, 'BUSY', { retryAfterSeconds: 1 }),
  '40P01': () => new Problem(503, 'BUSY', { retryAfterSeconds: 1 }),
  '55P03': () => new Problem(503, 'BUSY', { retryAfterSeconds: 1 }),
  '57014': () => new Problem(503, 'BUSY', { retryAfterSeconds: 5 }),
};

/** The refusal that an error of PostgreSQL stands for; undefined when it is a fault of ours. */
export function databaseProblem({ code, constraint, detail }: DatabaseError): Problem | undefined {
  if (code === '23503' && STILL_REFERENCED.test(detail ?? '')) return new Problem(409, 'IN_USE');
  return (constraint ? BY_CONSTRAINT[constraint] : BY_STATE[code])?.();
}
