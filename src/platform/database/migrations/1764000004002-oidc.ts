import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

const TABLES = [
  `CREATE TABLE oidc_attempt (
      key_hash text NOT NULL,
      state text NOT NULL,
      nonce text NOT NULL,
      code_verifier text NOT NULL,
      return_to text NOT NULL,
      expires_at timestamptz NOT NULL,
      CONSTRAINT pk_oidc_attempt PRIMARY KEY (key_hash)
    )`,
  'CREATE INDEX ix_oidc_attempt_expires ON oidc_attempt (expires_at)',
  `CREATE TABLE oidc_identity (
      issuer text NOT NULL,
      subject text NOT NULL,
      user_id uuid NOT NULL,
      linked_at timestamptz NOT NULL,
      CONSTRAINT pk_oidc_identity PRIMARY KEY (issuer, subject),
      CONSTRAINT fk_oidc_identity_user FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
    )`,
  'CREATE INDEX ix_oidc_identity_user ON oidc_identity (user_id)',
  `CREATE TABLE oidc_session (
      session_id uuid NOT NULL,
      issuer text NOT NULL,
      subject text NOT NULL,
      sid text,
      second_factor boolean NOT NULL,
      CONSTRAINT pk_oidc_session PRIMARY KEY (session_id),
      CONSTRAINT fk_oidc_session_session FOREIGN KEY (session_id) REFERENCES user_session(id) ON DELETE CASCADE
    )`,
  'CREATE INDEX ix_oidc_session_sid ON oidc_session (issuer, sid)',
  'CREATE INDEX ix_oidc_session_subject ON oidc_session (issuer, subject)',
  `CREATE TABLE oidc_group_mapping (
      id uuid NOT NULL,
      group_name text NOT NULL,
      role text NOT NULL,
      organisation_id uuid NOT NULL,
      CONSTRAINT uq_oidc_group_mapping UNIQUE (group_name, role, organisation_id),
      CONSTRAINT pk_oidc_group_mapping PRIMARY KEY (id),
      CONSTRAINT fk_oidc_group_mapping_organisation FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE
    )`,
  'CREATE INDEX ix_oidc_group_mapping_organisation ON oidc_group_mapping (organisation_id)',
  `CREATE TABLE oidc_mapped_role (
      assignment_id uuid NOT NULL,
      CONSTRAINT pk_oidc_mapped_role PRIMARY KEY (assignment_id),
      CONSTRAINT fk_oidc_mapped_role_assignment FOREIGN KEY (assignment_id) REFERENCES role_assignment(id) ON DELETE CASCADE
    )`,
  `CREATE TABLE oidc_used_logout_token (
      issuer text NOT NULL,
      jti text NOT NULL,
      expires_at timestamptz NOT NULL,
      CONSTRAINT pk_oidc_used_logout_token PRIMARY KEY (issuer, jti)
    )`,
  'CREATE INDEX ix_oidc_used_logout_token_expires ON oidc_used_logout_token (expires_at)',
];

/** Signing in at the office's own provider. */
export class Oidc1764000004002 implements MigrationInterface {
  readonly name = 'Oidc1764000004002';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DROP TABLE oidc_attempt, oidc_identity, oidc_session, oidc_group_mapping, oidc_mapped_role, oidc_used_logout_token`,
    ]);
  }
}
