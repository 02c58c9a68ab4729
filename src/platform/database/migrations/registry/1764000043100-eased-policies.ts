import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What a policy asked before it asked more, and until when that counts. */
export class EasedPolicies1764000043100 implements MigrationInterface {
  readonly name = 'EasedPolicies1764000043100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [`ALTER TABLE policy ADD COLUMN eased jsonb NOT NULL DEFAULT '{}'`]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE policy DROP COLUMN eased']);
  }
}
