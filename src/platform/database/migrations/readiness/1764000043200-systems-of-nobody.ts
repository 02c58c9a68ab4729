import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** How many systems nobody can be reminded of is told on every summary, out of the index alone. */
export class SystemsOfNobody1764000043200 implements MigrationInterface {
  readonly name = 'SystemsOfNobody1764000043200';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_system_owner',
      'CREATE INDEX ix_system_owner ON system (owner_id, deputy_id, lifecycle, organisation_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP INDEX ix_system_owner', 'CREATE INDEX ix_system_owner ON system (owner_id)']);
  }
}
