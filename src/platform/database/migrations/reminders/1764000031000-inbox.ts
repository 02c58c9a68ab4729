import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What people have read of what they were told. What was sent before the inbox existed counts as read. */
export class Inbox1764000031000 implements MigrationInterface {
  readonly name = 'Inbox1764000031000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE reminder ADD COLUMN read_at timestamptz',
      'ALTER TABLE notice ADD COLUMN read_at timestamptz',
      `UPDATE reminder SET read_at = now() WHERE status = 'SENT'`,
      `UPDATE notice SET read_at = now() WHERE status = 'SENT'`,
      'CREATE INDEX ix_reminder_recipient ON reminder (recipient_id, created_at)',
      'CREATE INDEX ix_reminder_unread ON reminder (recipient_id) WHERE read_at IS NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_reminder_unread',
      'DROP INDEX ix_reminder_recipient',
      'ALTER TABLE notice DROP COLUMN read_at',
      'ALTER TABLE reminder DROP COLUMN read_at',
    ]);
  }
}
