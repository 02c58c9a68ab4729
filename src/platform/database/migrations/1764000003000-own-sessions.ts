import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

/** What a person recognises a session by, so that they can end one that is not theirs. */
export class OwnSessions1764000003000 implements MigrationInterface {
  readonly name = 'OwnSessions1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE user_session ADD method text NOT NULL DEFAULT 'PASSWORD', ADD address text, ADD browser text,
        ADD CONSTRAINT ck_user_session_method CHECK (method IN ('PASSWORD','PASSKEY','OIDC'))`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE user_session DROP method, DROP address, DROP browser']);
  }
}
