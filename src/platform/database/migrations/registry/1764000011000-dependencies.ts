import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Which system needs which. */
export class Dependencies1764000011000 implements MigrationInterface {
  readonly name = 'Dependencies1764000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE system_dependency (
         system_id uuid NOT NULL, depends_on_id uuid NOT NULL, hard boolean NOT NULL,
         CONSTRAINT pk_system_dependency PRIMARY KEY (system_id, depends_on_id),
         CONSTRAINT ck_system_dependency_not_itself CHECK (system_id <> depends_on_id),
         CONSTRAINT fk_system_dependency_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_system_dependency_depends_on FOREIGN KEY (depends_on_id) REFERENCES system (id))`,
      'CREATE INDEX ix_system_dependency_depends_on ON system_dependency (depends_on_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE system_dependency']);
  }
}
