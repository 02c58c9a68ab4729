import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const COLUMNS = [
  'ALTER TABLE organisation ADD shares_details boolean NOT NULL DEFAULT true',
  'ALTER TABLE organisation_closure ADD details_open boolean NOT NULL DEFAULT true',
];

/**
 * A role on the ancestor reaches what is inside an organisation unless an agency that keeps its details to itself lies between, the organisation
 * itself included. Named so that it runs after the trigger that keeps the pairs.
 */
const DETAILS = `
CREATE FUNCTION maintain_details_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('organisation_closure'));
  UPDATE organisation_closure c SET details_open = judged.details_open
  FROM (SELECT pair.ancestor_id, pair.organisation_id, NOT EXISTS (
      SELECT FROM organisation_closure between_ JOIN organisation a ON a.id = between_.ancestor_id
      WHERE between_.organisation_id = pair.organisation_id AND between_.depth < pair.depth
        AND a.kind = 'AGENCY' AND NOT a.shares_details) AS details_open
    FROM organisation_closure below JOIN organisation_closure pair ON pair.organisation_id = below.organisation_id
    WHERE below.ancestor_id = NEW.id) judged
  WHERE (c.ancestor_id, c.organisation_id) = (judged.ancestor_id, judged.organisation_id)
    AND c.details_open <> judged.details_open;
  RETURN NULL;
END $$`;

const TRIGGER = `CREATE TRIGGER organisation_details AFTER INSERT OR UPDATE OF parent_id, kind, shares_details ON organisation
  FOR EACH ROW EXECUTE FUNCTION maintain_details_open()`;

/** Supervised agencies may keep to themselves what is inside; every role from above stops there. */
export class Supervision1764000008200 implements MigrationInterface {
  readonly name = 'Supervision1764000008200';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [...COLUMNS, DETAILS, TRIGGER]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP FUNCTION maintain_details_open CASCADE',
      'ALTER TABLE organisation_closure DROP COLUMN details_open',
      'ALTER TABLE organisation DROP COLUMN shares_details',
    ]);
  }
}
