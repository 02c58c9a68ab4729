import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** From which tier a system was raised, and when. */
export class Raises1764000043000 implements MigrationInterface {
  readonly name = 'Raises1764000043000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [`ALTER TABLE system ADD COLUMN raises jsonb NOT NULL DEFAULT '[]'`]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE system DROP COLUMN raises']);
  }
}
