import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Which roles are not used without a second factor. */
export class SecuritySettings1764000006002 implements MigrationInterface {
  readonly name = 'SecuritySettings1764000006002';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE security_settings (
          name text NOT NULL,
          second_factor_roles text[] NOT NULL,
          row_version integer NOT NULL DEFAULT 1,
          CONSTRAINT ck_security_settings_one CHECK (name = 'installation'),
          CONSTRAINT pk_security_settings PRIMARY KEY (name)
        )`,
      `INSERT INTO security_settings (name, second_factor_roles) VALUES ('installation', '{}')`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE security_settings']);
  }
}
