import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** With which dependents importance was assessed, and since when they are others. Earlier assessments count as made with those of this day. */
export class AssessedDependents1764000020300 implements MigrationInterface {
  readonly name = 'AssessedDependents1764000020300';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE importance_assessment ADD COLUMN dependents jsonb NOT NULL DEFAULT '[]', ADD COLUMN outdated_at timestamptz`,
      `UPDATE importance_assessment a SET dependents = (
         WITH RECURSIVE dependent(id) AS (
           SELECT system_id FROM system_dependency WHERE depends_on_id = a.system_id AND hard
           UNION SELECT d.system_id FROM dependent JOIN system_dependency d ON d.depends_on_id = dependent.id AND d.hard
         ) SELECT coalesce(jsonb_agg(jsonb_build_object('systemId', s.id, 'tier', s.tier) ORDER BY s.id), '[]')
           FROM dependent JOIN system s ON s.id = dependent.id WHERE s.lifecycle <> 'RETIRED')`,
      'CREATE INDEX ix_importance_assessment_dependents ON importance_assessment USING gin (dependents jsonb_path_ops)',
      'CREATE INDEX ix_importance_assessment_outdated ON importance_assessment (id) WHERE outdated_at IS NOT NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE importance_assessment DROP COLUMN dependents, DROP COLUMN outdated_at']);
  }
}
