import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/**
 * Lists by due day, and the nearest gap, take the first few of every organisation, tier and state, where they stand together: two indexes that served one
 * organisation only become one. Systems stand in the order of the grid of readiness.
 */
export class NearestDue1764000028000 implements MigrationInterface {
  readonly name = 'NearestDue1764000028000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE INDEX ix_obligation_nearest ON obligation (organisation_id, tier, state, (coalesce(due_on, '9999-12-31'::date)), id)`,
      'DROP INDEX ix_obligation_due',
      'DROP INDEX ix_obligation_organisation',
      `CREATE INDEX ix_system_rank ON system ((array_position(ARRAY['HIGH','MODERATE','LOW'], tier)), code, id)`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_system_rank',
      'CREATE INDEX ix_obligation_organisation ON obligation (organisation_id, state, due_on, id)',
      'CREATE INDEX ix_obligation_due ON obligation (due_on, id)',
      'DROP INDEX ix_obligation_nearest',
    ]);
  }
}
