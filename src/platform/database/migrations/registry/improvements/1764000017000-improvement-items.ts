import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../../run-all';

const ITEMS = `
CREATE TABLE improvement_item (
  id uuid NOT NULL, system_id uuid, organisation_id uuid, parent_id uuid, source text NOT NULL, source_evidence_id uuid,
  title text NOT NULL, description text, link text, owner_id uuid, due_on date NOT NULL, status text NOT NULL DEFAULT 'OPEN',
  opened_by_id uuid NOT NULL, opened_at timestamptz NOT NULL, ended_by_id uuid, ended_at timestamptz, comment text,
  evidence_id uuid, retest_evidence_id uuid, row_version integer NOT NULL DEFAULT 1,
  CONSTRAINT pk_improvement_item PRIMARY KEY (id),
  CONSTRAINT ck_improvement_source CHECK (source IN ('DRILL','AUDIT','INCIDENT','SELF_CHECK')),
  CONSTRAINT ck_improvement_status CHECK (status IN ('OPEN','IN_PROGRESS','CLOSED','CANCELLED')),
  CONSTRAINT ck_improvement_about CHECK (num_nonnulls(system_id, organisation_id) = 1),
  CONSTRAINT ck_improvement_part CHECK (parent_id IS NULL OR organisation_id IS NOT NULL),
  CONSTRAINT ck_improvement_ended CHECK ((status IN ('CLOSED','CANCELLED')) = (ended_by_id IS NOT NULL)
    AND (ended_by_id IS NULL) = (ended_at IS NULL) AND (ended_by_id IS NULL OR comment IS NOT NULL)),
  CONSTRAINT ck_improvement_closer CHECK (ended_by_id <> owner_id),
  CONSTRAINT ck_improvement_proof CHECK ((status = 'CLOSED') = (evidence_id IS NOT NULL)),
  CONSTRAINT fk_improvement_system FOREIGN KEY (system_id) REFERENCES system (id),
  CONSTRAINT fk_improvement_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  CONSTRAINT fk_improvement_parent FOREIGN KEY (parent_id) REFERENCES improvement_item (id),
  CONSTRAINT fk_improvement_source_evidence FOREIGN KEY (source_evidence_id) REFERENCES evidence (id),
  CONSTRAINT fk_improvement_evidence FOREIGN KEY (evidence_id) REFERENCES evidence (id),
  CONSTRAINT fk_improvement_retest FOREIGN KEY (retest_evidence_id) REFERENCES evidence (id),
  CONSTRAINT fk_improvement_owner FOREIGN KEY (owner_id) REFERENCES app_user (id),
  CONSTRAINT fk_improvement_opener FOREIGN KEY (opened_by_id) REFERENCES app_user (id),
  CONSTRAINT fk_improvement_ender FOREIGN KEY (ended_by_id) REFERENCES app_user (id))`;

const PROGRESS = `
CREATE TABLE improvement_progress (
  id uuid NOT NULL, item_id uuid NOT NULL, at timestamptz NOT NULL, author_id uuid NOT NULL, text text NOT NULL,
  percent integer, link text,
  CONSTRAINT pk_improvement_progress PRIMARY KEY (id),
  CONSTRAINT ck_improvement_progress_percent CHECK (percent BETWEEN 0 AND 100),
  CONSTRAINT fk_improvement_progress_item FOREIGN KEY (item_id) REFERENCES improvement_item (id),
  CONSTRAINT fk_improvement_progress_author FOREIGN KEY (author_id) REFERENCES app_user (id))`;

/** What was reported stays as it was said. */
const APPEND_ONLY = `
CREATE FUNCTION refuse_progress_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'progress is added to, never edited'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_improvement_progress_append_only', TABLE = 'improvement_progress';
END $$`;

/**
 * Improvement items, which are owed whatever the policy says: their obligations name none. What an organisation owes for itself belongs to no
 * system, and neither does the proof that it is done.
 */
export class ImprovementItems1764000017000 implements MigrationInterface {
  readonly name = 'ImprovementItems1764000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      ITEMS,
      'CREATE UNIQUE INDEX uq_improvement_part ON improvement_item (parent_id, organisation_id) WHERE parent_id IS NOT NULL',
      'CREATE INDEX ix_improvement_system ON improvement_item (system_id) WHERE system_id IS NOT NULL',
      'CREATE INDEX ix_improvement_organisation ON improvement_item (organisation_id) WHERE organisation_id IS NOT NULL',
      'CREATE INDEX ix_improvement_owner ON improvement_item (owner_id)',
      'CREATE INDEX ix_improvement_listed ON improvement_item (due_on, id)',
      'CREATE INDEX ix_improvement_source_evidence ON improvement_item (source_evidence_id) WHERE source_evidence_id IS NOT NULL',
      PROGRESS,
      'CREATE INDEX ix_improvement_progress_item ON improvement_progress (item_id, at, id)',
      APPEND_ONLY,
      `CREATE TRIGGER improvement_progress_append_only BEFORE UPDATE OR DELETE ON improvement_progress
         FOR EACH ROW EXECUTE FUNCTION refuse_progress_edit()`,
      `ALTER TABLE obligation ALTER policy_id DROP NOT NULL, ALTER system_id DROP NOT NULL,
         ADD CONSTRAINT ck_obligation_policy CHECK ((policy_id IS NULL) = (kind = 'IMPROVEMENT')),
         ADD CONSTRAINT ck_obligation_system CHECK (system_id IS NOT NULL OR kind = 'IMPROVEMENT')`,
      'CREATE UNIQUE INDEX uq_obligation_item ON obligation (duty_of) WHERE system_id IS NULL',
      'ALTER TABLE obligation_transition ALTER system_id DROP NOT NULL',
      'ALTER TABLE reminder ALTER system_id DROP NOT NULL',
      `ALTER TABLE evidence ALTER system_id DROP NOT NULL,
         ADD CONSTRAINT ck_evidence_system CHECK (system_id IS NOT NULL OR coalesce(subject, '') = 'IMPROVEMENT')`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DELETE FROM reminder WHERE system_id IS NULL',
      'DELETE FROM obligation_transition WHERE system_id IS NULL',
      `DELETE FROM obligation WHERE kind = 'IMPROVEMENT'`,
      'DROP TABLE improvement_progress, improvement_item',
      'DROP FUNCTION refuse_progress_edit',
      'ALTER TABLE evidence DISABLE TRIGGER evidence_immutable',
      'DELETE FROM evidence WHERE system_id IS NULL',
      'ALTER TABLE evidence ENABLE TRIGGER evidence_immutable',
      'ALTER TABLE evidence DROP CONSTRAINT ck_evidence_system, ALTER system_id SET NOT NULL',
      'ALTER TABLE reminder ALTER system_id SET NOT NULL',
      'ALTER TABLE obligation_transition ALTER system_id SET NOT NULL',
      'DROP INDEX uq_obligation_item',
      `ALTER TABLE obligation DROP CONSTRAINT ck_obligation_policy, DROP CONSTRAINT ck_obligation_system,
         ALTER policy_id SET NOT NULL, ALTER system_id SET NOT NULL`,
    ]);
  }
}
