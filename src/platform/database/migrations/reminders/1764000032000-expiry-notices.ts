import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const BEFORE = `'SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING'`;

/** Notices to whose API tokens end. */
export class ExpiryNotices1764000032000 implements MigrationInterface {
  readonly name = 'ExpiryNotices1764000032000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, DROP CONSTRAINT ck_notice_system,
         ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE},'TOKEN_EXPIRING','TOKEN_EXPIRED')),
         ADD CONSTRAINT ck_notice_system CHECK (system_id IS NOT NULL OR kind LIKE 'ADVICE\\_%' OR kind LIKE 'TOKEN\\_%')`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE kind LIKE 'TOKEN\\_%'`,
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, DROP CONSTRAINT ck_notice_system,
         ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE})),
         ADD CONSTRAINT ck_notice_system CHECK (system_id IS NOT NULL OR kind LIKE 'ADVICE\\_%')`,
    ]);
  }
}
