import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const FROZEN = `
CREATE FUNCTION refuse_restore_test_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a restore test is corrected by its evidence, never edited'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_restore_test_immutable', TABLE = 'restore_test';
END $$`;

/** What was restored from which copy, and what was looked at afterwards. */
export class RestoreTests1764000020200 implements MigrationInterface {
  readonly name = 'RestoreTests1764000020200';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE restore_test (
         id uuid NOT NULL, evidence_id uuid NOT NULL, system_id uuid NOT NULL, restored text NOT NULL, from_copy text NOT NULL,
         started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL, checks jsonb NOT NULL DEFAULT '[]',
         CONSTRAINT pk_restore_test PRIMARY KEY (id),
         CONSTRAINT uq_restore_test_evidence UNIQUE (evidence_id),
         CONSTRAINT ck_restore_test_times CHECK (finished_at >= started_at),
         CONSTRAINT fk_restore_test_evidence FOREIGN KEY (evidence_id) REFERENCES evidence (id),
         CONSTRAINT fk_restore_test_system FOREIGN KEY (system_id) REFERENCES system (id))`,
      'CREATE INDEX ix_restore_test_system ON restore_test (system_id, finished_at, id)',
      FROZEN,
      `CREATE TRIGGER restore_test_immutable BEFORE UPDATE OR DELETE ON restore_test
         FOR EACH ROW EXECUTE FUNCTION refuse_restore_test_edit()`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE restore_test', 'DROP FUNCTION refuse_restore_test_edit()']);
  }
}
