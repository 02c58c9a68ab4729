import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const TABLES = ['readiness_day', 'readiness_day_count'];

/** What was frozen is what was seen: it is added and nothing else. */
const FROZEN = `
CREATE FUNCTION refuse_readiness_day_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a frozen day never changes'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_readiness_day_frozen', TABLE = TG_TABLE_NAME;
END $$`;

/** Readiness as it stood at the end of each day. */
export class ReadinessDays1764000025000 implements MigrationInterface {
  readonly name = 'ReadinessDays1764000025000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE readiness_day (
         day_on date NOT NULL, frozen_at timestamptz NOT NULL, made_up boolean NOT NULL,
         CONSTRAINT pk_readiness_day PRIMARY KEY (day_on))`,
      `CREATE TABLE readiness_day_count (
         day_on date NOT NULL, organisation_id uuid NOT NULL, tier text NOT NULL, lifecycle text NOT NULL, verdict text NOT NULL,
         policy_ids uuid[] NOT NULL, systems integer NOT NULL, applicable integer NOT NULL, met integer NOT NULL, due_soon integer NOT NULL,
         overdue integer NOT NULL, failed integer NOT NULL, unknown integer NOT NULL, waived integer NOT NULL,
         CONSTRAINT pk_readiness_day_count PRIMARY KEY (day_on, organisation_id, tier, lifecycle, verdict),
         CONSTRAINT fk_readiness_day_count_day FOREIGN KEY (day_on) REFERENCES readiness_day (day_on),
         CONSTRAINT fk_readiness_day_count_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id))`,
      FROZEN,
      ...TABLES.map(
        (table) =>
          `CREATE TRIGGER ${table}_frozen BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_readiness_day_edit()`,
      ),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TABLE readiness_day_count',
      'DROP TABLE readiness_day',
      'DROP FUNCTION refuse_readiness_day_edit',
    ]);
  }
}
