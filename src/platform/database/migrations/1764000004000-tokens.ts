import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

const API_TOKEN = [
  `CREATE TABLE api_token (
      secret_hash text NOT NULL,
      secret_hint text NOT NULL,
      previous_hash text,
      previous_until timestamptz,
      expires_at timestamptz NOT NULL,
      last_used_at timestamptz,
      last_used_address text,
      id uuid NOT NULL,
      user_id uuid NOT NULL,
      name text NOT NULL,
      scopes text[] NOT NULL,
      organisation_id uuid,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_api_token PRIMARY KEY (id),
      CONSTRAINT fk_api_token_user FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
      CONSTRAINT fk_api_token_organisation FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE
    )`,
  'CREATE UNIQUE INDEX uq_api_token_secret ON api_token (secret_hash)',
  'CREATE UNIQUE INDEX uq_api_token_previous ON api_token (previous_hash)',
  'CREATE INDEX ix_api_token_user ON api_token (user_id)',
  `CREATE TABLE api_token_address (
      token_id uuid NOT NULL,
      address text NOT NULL,
      first_used_at timestamptz NOT NULL,
      CONSTRAINT pk_api_token_address PRIMARY KEY (token_id, address),
      CONSTRAINT fk_api_token_address_token FOREIGN KEY (token_id) REFERENCES api_token(id) ON DELETE CASCADE
    )`,
];

/** What programs sign in with. */
export class Tokens1764000004000 implements MigrationInterface {
  readonly name = 'Tokens1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, API_TOKEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE api_token_address, api_token']);
  }
}
