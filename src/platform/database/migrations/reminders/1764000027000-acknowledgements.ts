import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Escalations are acknowledged by whom they went to. */
export class Acknowledgements1764000027000 implements MigrationInterface {
  readonly name = 'Acknowledgements1764000027000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE reminder ADD COLUMN acknowledged_at timestamptz,
         ADD CONSTRAINT ck_reminder_acknowledged CHECK (acknowledged_at IS NULL OR stage = 'ESCALATION')`,
      `CREATE INDEX ix_reminder_escalated ON reminder (recipient_id) WHERE stage = 'ESCALATION' AND acknowledged_at IS NULL`,
      'CREATE INDEX ix_reminder_obligation ON reminder (obligation_id, planned_on)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_reminder_obligation',
      'DROP INDEX ix_reminder_escalated',
      'ALTER TABLE reminder DROP COLUMN acknowledged_at',
    ]);
  }
}
