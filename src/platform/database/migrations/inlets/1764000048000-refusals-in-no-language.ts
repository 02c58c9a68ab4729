import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Why a message was refused is kept as a reason with its parameters; what was kept as an English sentence is told as it was. */
export class RefusalsInNoLanguage1764000048000 implements MigrationInterface {
  readonly name = 'RefusalsInNoLanguage1764000048000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE submission ADD COLUMN refusal_why jsonb',
      `UPDATE submission SET refusal_why = jsonb_build_object('reason', 'AS_TOLD', 'params', jsonb_build_object('text', refusal_seen))
       WHERE refusal_seen IS NOT NULL`,
      'ALTER TABLE submission DROP COLUMN refusal_seen',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE submission ADD COLUMN refusal_seen text',
      `UPDATE submission SET refusal_seen = coalesce(refusal_why #>> '{params,text}', refusal_why ->> 'reason')`,
      'ALTER TABLE submission DROP COLUMN refusal_why',
    ]);
  }
}
