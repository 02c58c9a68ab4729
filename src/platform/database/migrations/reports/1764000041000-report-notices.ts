import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const BEFORE = `'SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING','TOKEN_EXPIRING','TOKEN_EXPIRED','DRILL_BOOKED','DRILL_CALLED_OFF','DRILL_OPENED','DRILL_LATE','DRILL_LEFT_OPEN'`;
const WITHOUT_SYSTEM = `system_id IS NOT NULL OR kind LIKE 'ADVICE\\_%' OR kind LIKE 'TOKEN\\_%'`;

/** Notices of reports to who can acknowledge them, and to who submitted them. */
export class ReportNotices1764000041000 implements MigrationInterface {
  readonly name = 'ReportNotices1764000041000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, DROP CONSTRAINT ck_notice_system,
         ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE},'REPORT_SUBMITTED','REPORT_ACKNOWLEDGED','REPORT_COMMENTED')),
         ADD CONSTRAINT ck_notice_system CHECK (${WITHOUT_SYSTEM} OR kind LIKE 'REPORT\\_%')`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE kind LIKE 'REPORT\\_%'`,
      `ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, DROP CONSTRAINT ck_notice_system,
         ADD CONSTRAINT ck_notice_kind CHECK (kind IN (${BEFORE})),
         ADD CONSTRAINT ck_notice_system CHECK (${WITHOUT_SYSTEM})`,
    ]);
  }
}
