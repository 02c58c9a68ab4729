import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Attempts are counted by account too, and an account knows the addresses from which it was signed in to. */
export class SignInPlaces1764000006500 implements MigrationInterface {
  readonly name = 'SignInPlaces1764000006500';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE sign_in_attempt ADD COLUMN account text NOT NULL DEFAULT ''`,
      'CREATE INDEX ix_sign_in_attempt_account ON sign_in_attempt (account, at)',
      'CREATE TABLE sign_in_place (key text NOT NULL, at timestamptz NOT NULL, CONSTRAINT pk_sign_in_place PRIMARY KEY (key))',
      'CREATE INDEX ix_sign_in_place_at ON sign_in_place (at)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE sign_in_place', 'ALTER TABLE sign_in_attempt DROP COLUMN account']);
  }
}
