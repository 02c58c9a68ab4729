import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const NONE = `'00000000-0000-0000-0000-000000000000'::uuid`;

const sorts = (more: string): string =>
  `CREATE INDEX ix_evidence_sorts ON evidence (system_id, kind, COALESCE(backup_requirement_id, ${NONE}), COALESCE(subject, ''),
     COALESCE(rule_key, ''), COALESCE(credited_drill_type, ''), ${more}outcome, strength, performed_at, id)
   WHERE superseded_by_id IS NULL AND usable`;

/** Drills of systems that others cannot do without are records of those too, of a sort of their own. */
export class SharedDrills1764000036000 implements MigrationInterface {
  readonly name = 'SharedDrills1764000036000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE evidence ADD COLUMN shared_from_id uuid CONSTRAINT fk_evidence_shared_from REFERENCES evidence,
         ADD CONSTRAINT ck_evidence_shared CHECK (shared_from_id IS NULL OR (kind = 'DRILL' AND credited_drill_type IS NOT NULL
           AND measured_minutes IS NULL AND recovery_point_at IS NULL))`,
      'CREATE INDEX ix_evidence_shared_from ON evidence (shared_from_id) WHERE shared_from_id IS NOT NULL',
      'DROP INDEX ix_evidence_sorts',
      sorts('(shared_from_id IS NOT NULL), '),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_evidence_sorts',
      'ALTER TABLE evidence DROP COLUMN shared_from_id',
      sorts(''),
    ]);
  }
}
