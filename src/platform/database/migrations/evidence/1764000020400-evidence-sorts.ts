import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const NONE = `'00000000-0000-0000-0000-000000000000'::uuid`;
const LIVE = 'superseded_by_id IS NULL AND usable';

/** The ledger reads the newest record of each sort and not the years before it; what tools report names no person. */
export class EvidenceSorts1764000020400 implements MigrationInterface {
  readonly name = 'EvidenceSorts1764000020400';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE INDEX ix_evidence_sorts ON evidence (system_id, kind, COALESCE(backup_requirement_id, ${NONE}), COALESCE(subject, ''),
         COALESCE(rule_key, ''), COALESCE(credited_drill_type, ''), outcome, strength, performed_at, id) WHERE ${LIVE}`,
      `CREATE INDEX ix_evidence_points ON evidence (system_id, COALESCE(backup_requirement_id, ${NONE}), strength,
         recovery_point_at DESC, performed_at, id)
         WHERE kind = 'BACKUP' AND outcome = 'PASSED' AND recovery_point_at IS NOT NULL AND ${LIVE}`,
      `CREATE INDEX ix_evidence_failures ON evidence (system_id, performed_at, id) WHERE outcome = 'FAILED' AND ${LIVE}`,
      'DROP INDEX ix_evidence_heads, ix_evidence_performer',
      'CREATE INDEX ix_evidence_performer ON evidence (performer_id) WHERE performer_id IS NOT NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP INDEX ix_evidence_sorts, ix_evidence_points, ix_evidence_failures, ix_evidence_performer',
      'CREATE INDEX ix_evidence_performer ON evidence (performer_id)',
      `CREATE INDEX ix_evidence_heads ON evidence (system_id, kind, backup_requirement_id, performed_at) WHERE superseded_by_id IS NULL`,
    ]);
  }
}
