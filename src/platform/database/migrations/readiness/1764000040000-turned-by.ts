import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** The change of an obligation names the proof that made it. Of the changes before, that is told by how soon after the proof they came. */
export class TurnedBy1764000040000 implements MigrationInterface {
  readonly name = 'TurnedBy1764000040000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE obligation_transition ADD COLUMN turned_by_id uuid',
      `UPDATE obligation_transition t SET turned_by_id = t.evidence_id FROM evidence e
         WHERE e.id = t.evidence_id AND t.to_state IS NOT NULL
           AND (t.at < e.recorded_at + interval '1 minute' OR NOT (t.to_state IN ('DUE_SOON', 'OVERDUE') AND t.from_state IN ('MET', 'DUE_SOON')))
           AND NOT EXISTS (SELECT FROM obligation_transition earlier WHERE earlier.obligation_id = t.obligation_id AND earlier.evidence_id = t.evidence_id
             AND (earlier.at, earlier.id) < (t.at, t.id))`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE obligation_transition DROP COLUMN turned_by_id']);
  }
}
