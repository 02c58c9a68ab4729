import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** People can be erased: the row stays, so that what they did stays one person's doing, and says nothing of who they were. */
export class ErasedPeople1764000007100 implements MigrationInterface {
  readonly name = 'ErasedPeople1764000007100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE app_user ADD erased_at timestamptz']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE app_user DROP erased_at']);
  }
}
