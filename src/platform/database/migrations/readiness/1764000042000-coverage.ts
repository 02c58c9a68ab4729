import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** The newest approval of each requirement, and the newest recovery of each system whose time was taken: what coverage is counted from. */
export class Coverage1764000042000 implements MigrationInterface {
  readonly name = 'Coverage1764000042000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE INDEX ix_evidence_approvals ON evidence (system_id, backup_requirement_id, performed_at DESC, id DESC)
       WHERE kind = 'APPROVAL' AND outcome = 'PASSED' AND backup_requirement_id IS NOT NULL AND superseded_by_id IS NULL AND usable`,
      `CREATE INDEX ix_evidence_recoveries ON evidence (system_id, performed_at DESC, id DESC) INCLUDE (outcome, measured_minutes)
       WHERE measured_minutes IS NOT NULL AND (kind = 'RESTORE_TEST' OR kind = 'DRILL' AND drill->>'type' IN ('FUNCTIONAL', 'FULL_SCALE'))
         AND superseded_by_id IS NULL AND usable`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP INDEX ix_evidence_recoveries', 'DROP INDEX ix_evidence_approvals']);
  }
}
