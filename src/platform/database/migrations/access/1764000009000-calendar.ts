import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** In which calendar a person reads years. */
export class Calendar1764000009000 implements MigrationInterface {
  readonly name = 'Calendar1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE app_user ADD calendar text NOT NULL DEFAULT 'GREGORIAN',
        ADD CONSTRAINT ck_app_user_calendar CHECK (calendar IN ('GREGORIAN','JAPANESE'))`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE app_user DROP calendar']);
  }
}
