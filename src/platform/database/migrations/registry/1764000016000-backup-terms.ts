import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** How many generations are kept, how often backups are checked, and what a requirement falls short of. */
export class BackupTerms1764000016000 implements MigrationInterface {
  readonly name = 'BackupTerms1764000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE backup_requirement
         ADD COLUMN generations integer, ADD COLUMN verification_cadence text, ADD COLUMN restore_test_cadence text,
         ADD COLUMN findings jsonb NOT NULL DEFAULT '[]',
         ADD CONSTRAINT ck_backup_requirement_generations CHECK (generations > 0)`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE backup_requirement DROP COLUMN generations, DROP COLUMN verification_cadence,
         DROP COLUMN restore_test_cadence, DROP COLUMN findings`,
    ]);
  }
}
