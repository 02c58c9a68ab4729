import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What people are told once beside their obligations. */
export class Notices1764000015000 implements MigrationInterface {
  readonly name = 'Notices1764000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE notice (
         id uuid NOT NULL, user_id uuid NOT NULL, kind text NOT NULL, occurrence text NOT NULL, system_id uuid NOT NULL,
         system_count integer NOT NULL, organisation_ids uuid[] NOT NULL, path text NOT NULL, note text, status text NOT NULL,
         mail_id uuid, created_at timestamptz NOT NULL,
         CONSTRAINT pk_notice PRIMARY KEY (id),
         CONSTRAINT uq_notice UNIQUE (user_id, kind, occurrence),
         CONSTRAINT ck_notice_kind CHECK (kind IN ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE')),
         CONSTRAINT ck_notice_status CHECK (status IN ('PENDING','SENT','CANCELLED','FAILED')),
         CONSTRAINT ck_notice_systems CHECK (system_count > 0),
         CONSTRAINT fk_notice_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
         CONSTRAINT fk_notice_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_notice_mail FOREIGN KEY (mail_id) REFERENCES mail (id))`,
      `CREATE INDEX ix_notice_pending ON notice (user_id) WHERE status = 'PENDING' AND mail_id IS NULL`,
      'CREATE INDEX ix_notice_mail ON notice (mail_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE notice']);
  }
}
