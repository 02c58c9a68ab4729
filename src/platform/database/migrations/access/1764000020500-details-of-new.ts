import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** A new organisation has nothing below it: only its own pairs are looked at, so that many at once cost no more than one each. */
const OF_NEW = `
CREATE FUNCTION set_details_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed_at integer;
BEGIN
  SELECT min(c.depth) INTO closed_at
  FROM organisation_closure c JOIN organisation a ON a.id = c.ancestor_id
  WHERE c.organisation_id = NEW.id AND a.kind = 'AGENCY' AND NOT a.shares_details;
  IF closed_at IS NOT NULL THEN
    UPDATE organisation_closure SET details_open = false WHERE organisation_id = NEW.id AND depth > closed_at;
  END IF;
  RETURN NULL;
END $$`;

const MOVED = `CREATE TRIGGER organisation_details AFTER UPDATE OF parent_id, kind, shares_details ON organisation
  FOR EACH ROW EXECUTE FUNCTION maintain_details_open()`;
const MADE = `CREATE TRIGGER organisation_details_new AFTER INSERT ON organisation
  FOR EACH ROW EXECUTE FUNCTION set_details_open()`;
const BOTH = `CREATE TRIGGER organisation_details AFTER INSERT OR UPDATE OF parent_id, kind, shares_details ON organisation
  FOR EACH ROW EXECUTE FUNCTION maintain_details_open()`;

/** An import that makes hundreds of organisations took the square of their number. */
export class DetailsOfNew1764000020500 implements MigrationInterface {
  readonly name = 'DetailsOfNew1764000020500';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TRIGGER organisation_details ON organisation', OF_NEW, MADE, MOVED]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TRIGGER organisation_details ON organisation',
      'DROP FUNCTION set_details_open CASCADE',
      BOTH,
    ]);
  }
}
