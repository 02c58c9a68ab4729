import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const refuse = (constraint: string, table: string, message: string): string =>
  `RAISE EXCEPTION '${message}' USING ERRCODE = 'check_violation', CONSTRAINT = '${constraint}', TABLE = '${table}'`;

/**
 * An auditor holds no other role above or below the organisation audited, and owns nothing there. Whoever gives a role waits for those who are
 * just making the person an owner, and the other way round: their foreign keys hold the person's row.
 */
const ROLE = `
CREATE FUNCTION refuse_auditor_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM app_user WHERE id = NEW.user_id FOR UPDATE;
  IF EXISTS (SELECT FROM role_assignment r JOIN organisation_closure c
      ON (c.ancestor_id, c.organisation_id) IN ((r.organisation_id, NEW.organisation_id), (NEW.organisation_id, r.organisation_id))
    WHERE r.user_id = NEW.user_id AND (r.role = 'AUDITOR') <> (NEW.role = 'AUDITOR')) THEN
    ${refuse('ck_auditor_only_audits', 'role_assignment', 'an auditor holds no other role there')};
  END IF;
  IF NEW.role = 'AUDITOR' AND EXISTS (SELECT FROM system s JOIN organisation_closure c ON c.organisation_id = s.organisation_id
    WHERE c.ancestor_id = NEW.organisation_id AND NEW.user_id IN (s.owner_id, s.deputy_id) AND s.lifecycle <> 'RETIRED') THEN
    ${refuse('ck_auditor_owns_nothing', 'role_assignment', 'an auditor owns nothing there')};
  END IF;
  RETURN NULL;
END $$`;

const touched = (rows: string): string => `
  PERFORM FROM app_user WHERE id IN (SELECT unnest(ARRAY[s.owner_id, s.deputy_id]) FROM ${rows} s) ORDER BY id FOR KEY SHARE;
  IF EXISTS (SELECT FROM ${rows} s JOIN role_assignment r ON r.user_id IN (s.owner_id, s.deputy_id) AND r.role = 'AUDITOR'
    JOIN organisation_closure c ON c.ancestor_id = r.organisation_id AND c.organisation_id = s.organisation_id
    WHERE s.lifecycle <> 'RETIRED') THEN
    ${refuse('ck_auditor_owns_nothing', 'system', 'an auditor owns nothing there')};
  END IF;
  RETURN NULL;`;

const NEW_SYSTEM = `
CREATE FUNCTION refuse_auditor_as_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN ${touched('new_rows')}
END $$`;

const CHANGED_SYSTEM = `
CREATE FUNCTION refuse_auditor_as_new_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN ${touched(`(SELECT n.* FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE (o.owner_id, o.deputy_id, o.organisation_id) IS DISTINCT FROM (n.owner_id, n.deputy_id, n.organisation_id))`)}
END $$`;

/** Named so that it runs after the trigger that keeps the closure. */
const MOVE = `
CREATE FUNCTION refuse_move_below_auditor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM organisation_closure above JOIN role_assignment r ON r.organisation_id = above.ancestor_id AND above.depth > 0
      JOIN organisation_closure below ON below.ancestor_id = above.organisation_id
      JOIN role_assignment other ON other.organisation_id = below.organisation_id AND other.user_id = r.user_id
    WHERE above.organisation_id = NEW.id AND (r.role = 'AUDITOR') <> (other.role = 'AUDITOR')) THEN
    ${refuse('ck_auditor_only_audits', 'organisation', 'an auditor holds no other role there')};
  END IF;
  IF EXISTS (SELECT FROM organisation_closure above JOIN role_assignment r ON r.organisation_id = above.ancestor_id
      AND above.depth > 0 AND r.role = 'AUDITOR'
      JOIN organisation_closure below ON below.ancestor_id = above.organisation_id
      JOIN system s ON s.organisation_id = below.organisation_id AND r.user_id IN (s.owner_id, s.deputy_id)
    WHERE above.organisation_id = NEW.id AND s.lifecycle <> 'RETIRED') THEN
    ${refuse('ck_auditor_owns_nothing', 'organisation', 'an auditor owns nothing there')};
  END IF;
  RETURN NULL;
END $$`;

const TRIGGERS = [
  `CREATE TRIGGER role_assignment_auditor AFTER INSERT OR UPDATE ON role_assignment
     FOR EACH ROW EXECUTE FUNCTION refuse_auditor_role()`,
  `CREATE TRIGGER system_auditor_insert AFTER INSERT ON system
     REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_auditor_as_owner()`,
  `CREATE TRIGGER system_auditor_update AFTER UPDATE ON system
     REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_auditor_as_new_owner()`,
  `CREATE TRIGGER organisation_move_auditor AFTER UPDATE OF parent_id ON organisation
     FOR EACH ROW EXECUTE FUNCTION refuse_move_below_auditor()`,
];

/** An auditor never owns, nor writes, what is audited. What was so before stays until it is touched. */
export class Auditors1764000008100 implements MigrationInterface {
  readonly name = 'Auditors1764000008100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [ROLE, NEW_SYSTEM, CHANGED_SYSTEM, MOVE, ...TRIGGERS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP FUNCTION refuse_auditor_role, refuse_auditor_as_owner, refuse_auditor_as_new_owner, refuse_move_below_auditor CASCADE',
    ]);
  }
}
