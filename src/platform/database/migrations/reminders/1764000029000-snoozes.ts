import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Reminders to owner and deputy that are held back for a time, for a reason. */
export class Snoozes1764000029000 implements MigrationInterface {
  readonly name = 'Snoozes1764000029000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE snooze (
         id uuid NOT NULL, obligation_id uuid NOT NULL, occurrence text NOT NULL, reason text NOT NULL, until_on date NOT NULL,
         number integer NOT NULL, snoozed_by_id uuid NOT NULL, created_at timestamptz NOT NULL, ended_at timestamptz, cancelled_by_id uuid,
         CONSTRAINT pk_snooze PRIMARY KEY (id),
         CONSTRAINT ck_snooze_number CHECK (number > 0),
         CONSTRAINT ck_snooze_canceller CHECK (cancelled_by_id IS NULL OR ended_at IS NOT NULL),
         CONSTRAINT fk_snooze_person FOREIGN KEY (snoozed_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_snooze_canceller FOREIGN KEY (cancelled_by_id) REFERENCES app_user (id))`,
      'CREATE UNIQUE INDEX uq_snooze_open ON snooze (obligation_id) WHERE ended_at IS NULL',
      'CREATE INDEX ix_snooze_open ON snooze (until_on) WHERE ended_at IS NULL',
      'CREATE INDEX ix_snooze_obligation ON snooze (obligation_id, occurrence)',
      `ALTER TABLE reminder ADD COLUMN snooze_id uuid, DROP CONSTRAINT ck_reminder_status,
         ADD CONSTRAINT ck_reminder_status CHECK (status IN ('PENDING','SENT','CANCELLED','FAILED','SNOOZED')),
         ADD CONSTRAINT ck_reminder_snoozed CHECK (status <> 'SNOOZED' OR (snooze_id IS NOT NULL AND audience = 'OWNER' AND mail_id IS NULL)),
         ADD CONSTRAINT fk_reminder_snooze FOREIGN KEY (snooze_id) REFERENCES snooze (id)`,
      'CREATE INDEX ix_reminder_snooze ON reminder (snooze_id) WHERE snooze_id IS NOT NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `UPDATE reminder SET status = 'CANCELLED', outcome = 'SNOOZED' WHERE status = 'SNOOZED'`,
      `ALTER TABLE reminder DROP COLUMN snooze_id, DROP CONSTRAINT ck_reminder_status,
         ADD CONSTRAINT ck_reminder_status CHECK (status IN ('PENDING','SENT','CANCELLED','FAILED'))`,
      'DROP TABLE snooze',
    ]);
  }
}
