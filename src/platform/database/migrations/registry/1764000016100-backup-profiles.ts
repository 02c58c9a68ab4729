import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Named terms of backups, and the requirements that follow them. */
export class BackupProfiles1764000016100 implements MigrationInterface {
  readonly name = 'BackupProfiles1764000016100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE backup_profile (
         id uuid NOT NULL, organisation_id uuid NOT NULL, name text NOT NULL, method text NOT NULL,
         interval_minutes integer NOT NULL, retention text NOT NULL, generations integer, rpo_minutes integer NOT NULL,
         copies jsonb NOT NULL, verification_cadence text, restore_test_cadence text, retired_on date,
         row_version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(),
         updated_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT pk_backup_profile PRIMARY KEY (id),
         CONSTRAINT ck_backup_profile_minutes CHECK (interval_minutes > 0 AND rpo_minutes > 0),
         CONSTRAINT ck_backup_profile_interval CHECK (interval_minutes <= rpo_minutes),
         CONSTRAINT ck_backup_profile_generations CHECK (generations > 0),
         CONSTRAINT fk_backup_profile_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id))`,
      `CREATE UNIQUE INDEX uq_backup_profile_name ON backup_profile (organisation_id, name) WHERE retired_on IS NULL`,
      `ALTER TABLE backup_requirement
         ADD COLUMN profile_id uuid, ADD COLUMN follows_profile boolean NOT NULL DEFAULT false,
         ADD CONSTRAINT fk_backup_requirement_profile FOREIGN KEY (profile_id) REFERENCES backup_profile (id),
         ADD CONSTRAINT ck_backup_requirement_follows CHECK (profile_id IS NOT NULL OR NOT follows_profile)`,
      'CREATE INDEX ix_backup_requirement_profile ON backup_requirement (profile_id) WHERE profile_id IS NOT NULL',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE backup_requirement DROP COLUMN profile_id, DROP COLUMN follows_profile',
      'DROP TABLE backup_profile',
    ]);
  }
}
