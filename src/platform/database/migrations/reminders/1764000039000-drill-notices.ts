import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const BEFORE = `'SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING','TOKEN_EXPIRING','TOKEN_EXPIRED'`;
const DRILLS = `'DRILL_BOOKED','DRILL_CALLED_OFF','DRILL_OPENED','DRILL_LATE','DRILL_LEFT_OPEN'`;

/** Notices to who is booked for a drill; what cannot wait for the digest of the next morning comes in a mail of its own. */
export class DrillNotices1764000039000 implements MigrationInterface {
  readonly name = 'DrillNotices1764000039000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE},${DRILLS}))`,
      `ALTER TABLE mail ADD COLUMN kind text NOT NULL DEFAULT 'DIGEST' CONSTRAINT ck_mail_kind CHECK (kind IN ('DIGEST','PROMPT'))`,
      'DROP INDEX uq_mail_digest',
      `CREATE UNIQUE INDEX uq_mail_digest ON mail (recipient_id, digest_on) WHERE kind = 'DIGEST'`,
      'CREATE INDEX ix_mail_recipient ON mail (recipient_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE kind LIKE 'DRILL\\_%' OR mail_id IN (SELECT id FROM mail WHERE kind = 'PROMPT')`,
      `DELETE FROM mail WHERE kind = 'PROMPT'`,
      'DROP INDEX uq_mail_digest, ix_mail_recipient',
      'ALTER TABLE mail DROP COLUMN kind',
      'CREATE UNIQUE INDEX uq_mail_digest ON mail (recipient_id, digest_on)',
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE}))`,
    ]);
  }
}
