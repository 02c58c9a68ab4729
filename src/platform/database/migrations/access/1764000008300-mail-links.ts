import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const TABLE = `
CREATE TABLE mail_link (
  id uuid NOT NULL,
  secret_hash text NOT NULL,
  user_id uuid NOT NULL,
  obligation_id uuid NOT NULL,
  occurrence text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_opened_at timestamptz,
  CONSTRAINT uq_mail_link_obligation UNIQUE (user_id, obligation_id),
  CONSTRAINT pk_mail_link PRIMARY KEY (id),
  CONSTRAINT fk_mail_link_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
  CONSTRAINT fk_mail_link_obligation FOREIGN KEY (obligation_id) REFERENCES obligation (id) ON DELETE CASCADE
)`;

/** Links in mails by which contributors prove one obligation without a password. */
export class MailLinks1764000008300 implements MigrationInterface {
  readonly name = 'MailLinks1764000008300';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      TABLE,
      'CREATE UNIQUE INDEX uq_mail_link_secret ON mail_link (secret_hash)',
      'CREATE INDEX ix_mail_link_obligation ON mail_link (obligation_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE mail_link']);
  }
}
