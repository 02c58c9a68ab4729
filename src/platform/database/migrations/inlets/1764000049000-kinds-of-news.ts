import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** A system waits for its verdict with the kind of evidence that changed, so that only what that kind is about is judged. */
export class KindsOfNews1764000049000 implements MigrationInterface {
  readonly name = 'KindsOfNews1764000049000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE refresh_due ADD COLUMN kind text`,
      // Of what waits already it is not known.
      `INSERT INTO refresh_due (system_id, kind)
       SELECT DISTINCT system_id, told.kind FROM refresh_due, unnest(ARRAY['BACKUP', 'VERIFICATION', 'RESTORE_TEST']) told(kind)`,
      'DELETE FROM refresh_due WHERE kind IS NULL',
      'ALTER TABLE refresh_due ALTER COLUMN kind SET NOT NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE refresh_due DROP COLUMN kind']);
  }
}
