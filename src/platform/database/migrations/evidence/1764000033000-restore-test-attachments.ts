import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const FROZEN = `
CREATE FUNCTION refuse_restore_test_attachment_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a file beside a restore test is never edited nor removed'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_restore_test_attachment_immutable', TABLE = 'restore_test_attachment';
END $$`;

/** Files beside restore tests. */
export class RestoreTestAttachments1764000033000 implements MigrationInterface {
  readonly name = 'RestoreTestAttachments1764000033000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE restore_test_attachment (
         id uuid NOT NULL, restore_test_id uuid NOT NULL, file_name text NOT NULL, media_type text NOT NULL, sha256 text NOT NULL,
         content bytea NOT NULL, added_by_id uuid NOT NULL, added_at timestamptz NOT NULL,
         CONSTRAINT pk_restore_test_attachment PRIMARY KEY (id),
         CONSTRAINT uq_restore_test_attachment_content UNIQUE (restore_test_id, sha256),
         CONSTRAINT ck_restore_test_attachment_size CHECK (octet_length(content) BETWEEN 1 AND 5242880),
         CONSTRAINT fk_restore_test_attachment_test FOREIGN KEY (restore_test_id) REFERENCES restore_test (id),
         CONSTRAINT fk_restore_test_attachment_added_by FOREIGN KEY (added_by_id) REFERENCES app_user (id))`,
      FROZEN,
      `CREATE TRIGGER restore_test_attachment_immutable BEFORE UPDATE OR DELETE ON restore_test_attachment
         FOR EACH ROW EXECUTE FUNCTION refuse_restore_test_attachment_edit()`,
      `CREATE TRIGGER restore_test_attachment_not_emptied BEFORE TRUNCATE ON restore_test_attachment
         EXECUTE FUNCTION refuse_restore_test_attachment_edit()`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE restore_test_attachment', 'DROP FUNCTION refuse_restore_test_attachment_edit()']);
  }
}
