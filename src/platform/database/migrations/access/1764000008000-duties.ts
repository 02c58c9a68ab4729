import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const TIER_CHANGE = [
  `CREATE TABLE tier_change (
      id uuid NOT NULL,
      system_id uuid NOT NULL,
      from_tier text NOT NULL,
      requested_tier text NOT NULL,
      reason text,
      import_id uuid,
      status text NOT NULL DEFAULT 'REQUESTED',
      requested_by_id uuid NOT NULL,
      requested_at timestamptz NOT NULL,
      decided_by_id uuid,
      decided_at timestamptz,
      comment text,
      applied boolean NOT NULL DEFAULT false,
      CONSTRAINT ck_tier_change_status CHECK (status IN ('REQUESTED','APPROVED','REJECTED','WITHDRAWN')),
      CONSTRAINT ck_tier_change_tiers CHECK (from_tier IN ('HIGH','MODERATE','LOW') AND requested_tier IN ('HIGH','MODERATE','LOW')
        AND from_tier <> requested_tier),
      CONSTRAINT ck_tier_change_reason CHECK (reason IS NOT NULL OR import_id IS NOT NULL),
      CONSTRAINT ck_tier_change_decided CHECK ((status = 'REQUESTED') = (decided_by_id IS NULL)
        AND (status = 'REQUESTED') = (decided_at IS NULL)),
      CONSTRAINT ck_tier_change_decider CHECK ((decided_by_id <> requested_by_id) = (status <> 'WITHDRAWN')),
      CONSTRAINT ck_tier_change_applied CHECK (NOT applied OR status = 'APPROVED'),
      CONSTRAINT pk_tier_change PRIMARY KEY (id),
      CONSTRAINT fk_tier_change_system FOREIGN KEY (system_id) REFERENCES system (id),
      CONSTRAINT fk_tier_change_import FOREIGN KEY (import_id) REFERENCES import_run (id),
      CONSTRAINT fk_tier_change_requester FOREIGN KEY (requested_by_id) REFERENCES app_user (id),
      CONSTRAINT fk_tier_change_decider FOREIGN KEY (decided_by_id) REFERENCES app_user (id)
    )`,
  `CREATE UNIQUE INDEX uq_tier_change_open ON tier_change (system_id) WHERE status = 'REQUESTED'`,
  `CREATE INDEX ix_tier_change_system ON tier_change (system_id, requested_at)`,
];

const DECIDED = `
CREATE FUNCTION refuse_tier_change_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'REQUESTED' OR to_jsonb(NEW) - 'applied' = to_jsonb(OLD) - 'applied' AND NOT OLD.applied THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a decided change of tier does not change any more'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_tier_change_immutable', TABLE = 'tier_change';
END $$`;

/**
 * A tier changes by an approval of just that change, and an approval serves once. After the update and not before it: a trigger before it locks
 * the row against foreign keys whenever a statement names a key column, changed or not, and writers of evidence would wait in a circle.
 */
const APPROVED = `
CREATE FUNCTION require_approved_tier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tier_change SET applied = true
    WHERE system_id = NEW.id AND status = 'APPROVED' AND NOT applied AND from_tier = OLD.tier AND requested_tier = NEW.tier;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'no approved change of tier of system %', NEW.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_system_tier_approved', TABLE = 'system';
END $$`;

const TRIGGERS = [
  `CREATE TRIGGER tier_change_immutable BEFORE UPDATE ON tier_change FOR EACH ROW EXECUTE FUNCTION refuse_tier_change_edit()`,
  `CREATE TRIGGER system_tier_approved AFTER UPDATE OF tier ON system FOR EACH ROW
    WHEN (OLD.tier IS DISTINCT FROM NEW.tier) EXECUTE FUNCTION require_approved_tier()`,
];

/** Who wrote a draft before there was a place for it is in the audit events. */
const WRITERS = [
  `ALTER TABLE policy ADD writer_ids uuid[] NOT NULL DEFAULT '{}'`,
  `UPDATE policy p SET writer_ids = coalesce((SELECT array_agg(DISTINCT e.actor_id) FROM audit_event e
     WHERE e.record_type = 'policy' AND e.record_id = p.id AND e.action IN ('policy.drafted', 'policy.changed')
       AND e.actor_id IS NOT NULL), '{}')
   WHERE p.status = 'DRAFT'`,
  `ALTER TABLE policy ADD CONSTRAINT ck_policy_publisher CHECK (published_by_id <> ALL (writer_ids))`,
  `ALTER TABLE backup_requirement ADD writer_ids uuid[] NOT NULL DEFAULT '{}'`,
  `UPDATE backup_requirement SET writer_ids = ARRAY[author_id]`,
  `ALTER TABLE backup_requirement ADD CONSTRAINT ck_backup_requirement_writers CHECK (approved_by_id <> ALL (writer_ids))`,
  `ALTER TABLE procedure_version ADD submitted_by_id uuid`,
  `UPDATE procedure_version v SET submitted_by_id = (SELECT e.actor_id FROM audit_event e
     WHERE e.record_type = 'procedure_version' AND e.record_id = v.id AND e.action = 'procedure.submitted'
     ORDER BY e.at DESC, e.id DESC LIMIT 1)
   WHERE v.status = 'SUBMITTED'`,
  `ALTER TABLE procedure_version
     ADD CONSTRAINT fk_procedure_version_submitter FOREIGN KEY (submitted_by_id) REFERENCES app_user (id),
     ADD CONSTRAINT ck_procedure_version_submitter CHECK (approved_by_id <> submitted_by_id)`,
];

/** Nobody decides what they asked for: changes of tier are requests, and who wrote or submitted something is on record. */
export class Duties1764000008000 implements MigrationInterface {
  readonly name = 'Duties1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [...TIER_CHANGE, DECIDED, APPROVED, ...TRIGGERS, ...WRITERS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TRIGGER system_tier_approved ON system',
      'DROP TABLE tier_change',
      'DROP FUNCTION refuse_tier_change_edit, require_approved_tier',
      'ALTER TABLE policy DROP COLUMN writer_ids',
      'ALTER TABLE backup_requirement DROP COLUMN writer_ids',
      'ALTER TABLE procedure_version DROP COLUMN submitted_by_id',
    ]);
  }
}
