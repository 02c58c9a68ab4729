import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** The newest sizes of an inlet, along an index: by that of its system all runs of two years were read and sorted for sixty of them. */
export class SizesOfInlets1764000050000 implements MigrationInterface {
  readonly name = 'SizesOfInlets1764000050000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE INDEX ix_evidence_sizes ON evidence (inlet_id, performed_at, id)
       WHERE superseded_by_id IS NULL AND outcome = 'PASSED' AND size_bytes IS NOT NULL`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP INDEX ix_evidence_sizes']);
  }
}
