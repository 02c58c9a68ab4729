import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** A tool that reports of many systems is heard only of those things that have one of the names of its inlet. */
export class OwnNames1764000047000 implements MigrationInterface {
  readonly name = 'OwnNames1764000047000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [`ALTER TABLE inlet ADD COLUMN own_names text[] NOT NULL DEFAULT '{}'`]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE inlet DROP COLUMN own_names']);
  }
}
