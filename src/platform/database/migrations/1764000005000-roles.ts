import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

const BEFORE = ['ADMIN', 'CISO_OFFICE', 'MANAGER', 'OWNER', 'AUDITOR'];
const ADDED = ['BACKUP_OPERATOR', 'CONTRIBUTOR'];

const list = (roles: readonly string[]): string => roles.map((role) => `'${role}'`).join(',');

const allowOnly = (roles: readonly string[]): string[] => [
  'ALTER TABLE role_assignment DROP CONSTRAINT ck_role_assignment_role',
  `ALTER TABLE role_assignment ADD CONSTRAINT ck_role_assignment_role CHECK (role IN (${list(roles)}))`,
];

/** Roles for those who run backups and for those who only give what they owe. */
export class Roles1764000005000 implements MigrationInterface {
  readonly name = 'Roles1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, allowOnly([...BEFORE, ...ADDED]));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [`DELETE FROM role_assignment WHERE role IN (${list(ADDED)})`, ...allowOnly(BEFORE)]);
  }
}
