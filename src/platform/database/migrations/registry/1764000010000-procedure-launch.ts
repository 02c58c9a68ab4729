import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** When a procedure is to be started and by whom; contacts say when they were last confirmed. */
export class ProcedureLaunch1764000010000 implements MigrationInterface {
  readonly name = 'ProcedureLaunch1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE procedure_version ADD COLUMN launch_criteria text, ADD COLUMN launched_by text',
      `UPDATE procedure_version SET contacts = (SELECT jsonb_agg(contact || '{"confirmedOn": null}')
         FROM jsonb_array_elements(contacts) AS contact) WHERE contacts <> '[]'`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE procedure_version DROP COLUMN launch_criteria, DROP COLUMN launched_by',
      `UPDATE procedure_version SET contacts = (SELECT jsonb_agg(contact - 'confirmedOn')
         FROM jsonb_array_elements(contacts) AS contact) WHERE contacts <> '[]'`,
    ]);
  }
}
