import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Files beside restore tests go with the demo, as all its evidence does: a row can be neither changed nor removed, the table can be emptied. */
export class AttachmentsOfDemo1764000034000 implements MigrationInterface {
  readonly name = 'AttachmentsOfDemo1764000034000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TRIGGER restore_test_attachment_not_emptied ON restore_test_attachment']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TRIGGER restore_test_attachment_not_emptied BEFORE TRUNCATE ON restore_test_attachment
         EXECUTE FUNCTION refuse_restore_test_attachment_edit()`,
    ]);
  }
}
