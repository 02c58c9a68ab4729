import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** One-time codes and recovery codes, and how far each session has proved who its person is. */
export class SecondFactors1764000006000 implements MigrationInterface {
  readonly name = 'SecondFactors1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `ALTER TABLE user_session ADD stage text NOT NULL DEFAULT 'ONE_FACTOR', ADD proved_at timestamptz NOT NULL DEFAULT now(),
        ADD CONSTRAINT ck_user_session_stage CHECK (stage IN ('FACTOR_NEEDED','ONE_FACTOR','TWO_FACTORS'))`,
      'UPDATE user_session SET proved_at = created_at',
      `UPDATE user_session s SET stage = 'TWO_FACTORS' FROM oidc_session o WHERE o.session_id = s.id AND o.second_factor`,
      `CREATE TABLE totp_factor (
          user_id uuid NOT NULL,
          secret text,
          pending_secret text,
          confirmed_at timestamptz,
          last_step bigint,
          CONSTRAINT ck_totp_factor_confirmed CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
          CONSTRAINT pk_totp_factor PRIMARY KEY (user_id),
          CONSTRAINT fk_totp_factor_user FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
        )`,
      `CREATE TABLE recovery_code (
          id uuid NOT NULL,
          user_id uuid NOT NULL,
          code_hash text NOT NULL,
          made_at timestamptz NOT NULL,
          used_at timestamptz,
          CONSTRAINT uq_recovery_code UNIQUE (user_id, code_hash),
          CONSTRAINT pk_recovery_code PRIMARY KEY (id),
          CONSTRAINT fk_recovery_code_user FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
        )`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TABLE totp_factor, recovery_code',
      'ALTER TABLE user_session DROP stage, DROP proved_at',
    ]);
  }
}
