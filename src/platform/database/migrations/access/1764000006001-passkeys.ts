import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Passkeys, and what they have been asked to sign. */
export class Passkeys1764000006001 implements MigrationInterface {
  readonly name = 'Passkeys1764000006001';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE passkey (
          id uuid NOT NULL,
          user_id uuid NOT NULL,
          credential_id text NOT NULL,
          public_key text NOT NULL,
          counter bigint NOT NULL,
          transports text[] NOT NULL,
          name text NOT NULL,
          created_at timestamptz NOT NULL,
          last_used_at timestamptz,
          CONSTRAINT uq_passkey_credential UNIQUE (credential_id),
          CONSTRAINT pk_passkey PRIMARY KEY (id),
          CONSTRAINT fk_passkey_user FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
        )`,
      'CREATE INDEX ix_passkey_user ON passkey (user_id)',
      `CREATE TABLE passkey_challenge (
          challenge text NOT NULL,
          session_id uuid,
          purpose text NOT NULL,
          expires_at timestamptz NOT NULL,
          CONSTRAINT ck_passkey_challenge_purpose CHECK (purpose IN ('REGISTRATION','SECOND_FACTOR','SIGN_IN')),
          CONSTRAINT pk_passkey_challenge PRIMARY KEY (challenge),
          CONSTRAINT fk_passkey_challenge_session FOREIGN KEY (session_id) REFERENCES user_session(id) ON DELETE CASCADE
        )`,
      'CREATE INDEX ix_passkey_challenge_session ON passkey_challenge (session_id)',
      'CREATE INDEX ix_passkey_challenge_expires ON passkey_challenge (expires_at)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE passkey, passkey_challenge']);
  }
}
