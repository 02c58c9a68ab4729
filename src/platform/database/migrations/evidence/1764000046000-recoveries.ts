import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/**
 * Whether the check of a run held, who was booked when it was opened, and whether a drill or restore test recovered anything. Proofs are never edited, so
 * that those from before say nothing of it.
 */
export class Recoveries1764000046000 implements MigrationInterface {
  readonly name = 'Recoveries1764000046000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE drill_run ADD COLUMN check_held boolean, ADD COLUMN participants jsonb NOT NULL DEFAULT '[]'`,
      'ALTER TABLE evidence ADD COLUMN recovered boolean',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE evidence DROP COLUMN recovered',
      'ALTER TABLE drill_run DROP COLUMN participants, DROP COLUMN check_held',
    ]);
  }
}
