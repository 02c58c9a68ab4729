import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const KINDS = `'SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING','TOKEN_EXPIRING','TOKEN_EXPIRED','DRILL_BOOKED','DRILL_CALLED_OFF','DRILL_OPENED','DRILL_LATE','DRILL_LEFT_OPEN','REPORT_SUBMITTED','REPORT_ACKNOWLEDGED','REPORT_COMMENTED'`;
const STATES = `'WAITING','ON_TIME','RUNNING','LATE','MISSED','STUCK','FAILING'`;
const FAULTS = `'MISSED','STUCK','FAILING'`;

const untold = (faults: string): string => `CREATE INDEX ix_inlet_untold ON inlet (since)
  WHERE state IN (${faults}) AND revoked_at IS NULL AND told_fault_at IS DISTINCT FROM since`;

/** Backups out of the ordinary are a state of their inlet, told once, until a person says that the new size is right; a store that lacks its newest point fails. */
export class UnusualSizes1764000045000 implements MigrationInterface {
  readonly name = 'UnusualSizes1764000045000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE inlet ADD COLUMN newest_point_at timestamptz, ADD COLUMN lost jsonb, ADD COLUMN unusual jsonb, ADD COLUMN sized_run_at timestamptz, ADD COLUMN size_level_at timestamptz,
         DROP CONSTRAINT ck_inlet_state, ADD CONSTRAINT ck_inlet_state CHECK (state IN (${STATES},'UNUSUAL'))`,
      `UPDATE inlet SET newest_point_at = point.at FROM (
         SELECT inlet_id, max(recovery_point_at) AS at FROM evidence WHERE inlet_id IS NOT NULL AND kind = 'BACKUP' AND outcome = 'PASSED' AND usable
           AND superseded_by_id IS NULL GROUP BY inlet_id) point WHERE point.inlet_id = inlet.id`,
      'CREATE INDEX ix_inlet_unsized ON inlet (last_good_at) WHERE last_good_at IS DISTINCT FROM sized_run_at AND revoked_at IS NULL',
      'DROP INDEX ix_inlet_untold',
      untold(`${FAULTS},'UNUSUAL'`),
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${KINDS},'INLET_UNUSUAL'))`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE kind = 'INLET_UNUSUAL'`,
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${KINDS}))`,
      'DROP INDEX ix_inlet_untold',
      // What it is beside the size of its backups is judged at the next sweep.
      `UPDATE inlet SET state = 'WAITING', attention_at = now() WHERE state = 'UNUSUAL'`,
      untold(FAULTS),
      `ALTER TABLE inlet DROP COLUMN newest_point_at, DROP COLUMN lost, DROP COLUMN unusual, DROP COLUMN sized_run_at, DROP COLUMN size_level_at,
         DROP CONSTRAINT ck_inlet_state, ADD CONSTRAINT ck_inlet_state CHECK (state IN (${STATES}))`,
    ]);
  }
}
