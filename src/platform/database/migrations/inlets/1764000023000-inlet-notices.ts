import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Notices of inlets that fall silent or fail, each fault once. What is already wrong on the day of the change is told as well. */
export class InletNotices1764000023000 implements MigrationInterface {
  readonly name = 'InletNotices1764000023000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE inlet ADD COLUMN told_fault_at timestamptz',
      `CREATE INDEX ix_inlet_untold ON inlet (since)
         WHERE state IN ('MISSED','STUCK','FAILING') AND revoked_at IS NULL AND told_fault_at IS DISTINCT FROM since`,
      `ALTER TABLE notice ADD COLUMN inlet_id uuid, DROP CONSTRAINT ck_notice_kind,
         ADD CONSTRAINT ck_notice_kind CHECK (kind IN
           ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING')),
         ADD CONSTRAINT ck_notice_inlet CHECK ((inlet_id IS NOT NULL) = (kind LIKE 'INLET\\_%')),
         ADD CONSTRAINT fk_notice_inlet FOREIGN KEY (inlet_id) REFERENCES inlet (id)`,
      `CREATE INDEX ix_notice_inlet ON notice (inlet_id) WHERE status = 'PENDING' AND inlet_id IS NOT NULL`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE inlet_id IS NOT NULL`,
      `ALTER TABLE notice DROP COLUMN inlet_id, DROP CONSTRAINT ck_notice_kind,
         ADD CONSTRAINT ck_notice_kind
           CHECK (kind IN ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED'))`,
      'DROP INDEX ix_inlet_untold',
      'ALTER TABLE inlet DROP COLUMN told_fault_at',
    ]);
  }
}
