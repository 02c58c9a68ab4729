import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What has changed since an instant is found by it: rows come in its order, so that the index is only ever appended to. */
export class TransitionsByTime1764000026000 implements MigrationInterface {
  readonly name = 'TransitionsByTime1764000026000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['CREATE INDEX ix_transition_at ON obligation_transition (at, system_id)']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP INDEX ix_transition_at']);
  }
}
