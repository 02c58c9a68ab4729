import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

/** The organisation closure, without cycles. One move at a time: two concurrent ones could close a circle that neither sees. */
const CLOSURE = `
CREATE FUNCTION maintain_organisation_closure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('organisation_closure'));
  IF TG_OP = 'INSERT' THEN
    INSERT INTO organisation_closure (ancestor_id, organisation_id, depth)
      SELECT ancestor_id, NEW.id, depth + 1 FROM organisation_closure WHERE organisation_id = NEW.parent_id
      UNION ALL SELECT NEW.id, NEW.id, 0;
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM organisation_closure WHERE ancestor_id = NEW.id AND organisation_id = NEW.parent_id) THEN
    RAISE EXCEPTION 'organisation % would be below itself', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_organisation_cycle', TABLE = 'organisation';
  END IF;
  DELETE FROM organisation_closure c USING organisation_closure below
    WHERE below.ancestor_id = NEW.id AND c.organisation_id = below.organisation_id
      AND c.ancestor_id NOT IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = NEW.id);
  INSERT INTO organisation_closure (ancestor_id, organisation_id, depth)
    SELECT above.ancestor_id, below.organisation_id, above.depth + below.depth + 1
    FROM organisation_closure above, organisation_closure below
    WHERE above.organisation_id = NEW.parent_id AND below.ancestor_id = NEW.id;
  RETURN NULL;
END $$`;

const FIGURES = ['applicable', 'met', 'due_soon', 'overdue', 'failed', 'unknown', 'waived'];

const signed = (rows: string, sign: '' | '-'): string =>
  `SELECT organisation_id, tier, lifecycle, coalesce(verdict, '-') AS verdict, ${sign}1 AS systems,
     ${FIGURES.map((figure) => `${sign}${figure} AS ${figure}`).join(', ')} FROM ${rows}`;

/** Keys are taken in order so that two writers do not deadlock on the counts. */
const addToCounts = (moved: string): string => `
    INSERT INTO readiness_count (organisation_id, tier, lifecycle, verdict, systems, ${FIGURES.join(', ')})
      SELECT organisation_id, tier, lifecycle, verdict, sum(systems), ${FIGURES.map((figure) => `sum(${figure})`).join(', ')}
      FROM (${moved}) moved
      GROUP BY 1, 2, 3, 4
      HAVING sum(systems) <> 0 OR ${FIGURES.map((figure) => `sum(${figure}) <> 0`).join(' OR ')}
      ORDER BY 1, 2, 3, 4
    ON CONFLICT (organisation_id, tier, lifecycle, verdict) DO UPDATE SET
      systems = readiness_count.systems + excluded.systems,
      ${FIGURES.map((figure) => `${figure} = readiness_count.${figure} + excluded.${figure}`).join(', ')};`;

/** Counts follow the stored verdicts within the statement that changes them. */
const COUNTS = `
CREATE FUNCTION maintain_readiness_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN ${addToCounts(signed('new_rows', ''))}
  ELSIF TG_OP = 'UPDATE' THEN ${addToCounts(`${signed('new_rows', '')} UNION ALL ${signed('old_rows', '-')}`)}
  ELSE ${addToCounts(signed('old_rows', '-'))}
  END IF;
  RETURN NULL;
END $$`;

/** Proof is never edited; the one thing that may happen to it is to be superseded, once. */
const EVIDENCE = `
CREATE FUNCTION refuse_evidence_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.superseded_by_id IS NULL AND to_jsonb(NEW) - 'superseded_by_id' = to_jsonb(OLD) - 'superseded_by_id' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'evidence is superseded, never edited'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_evidence_immutable', TABLE = 'evidence';
END $$`;

/** The rules of a policy in force are what verdicts were given by: all that may still happen to it is to be superseded. */
const POLICY = `
CREATE FUNCTION refuse_policy_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'DRAFT' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.status IN (OLD.status, 'SUPERSEDED')
      AND to_jsonb(NEW) - ARRAY['status', 'row_version'] = to_jsonb(OLD) - ARRAY['status', 'row_version'] THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a published policy never changes'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_policy_immutable', TABLE = 'policy';
END $$`;

const AUDIT = `
CREATE FUNCTION refuse_audit_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_audit_event_append_only', TABLE = 'audit_event';
END $$`;

const TRIGGERS = [
  `CREATE TRIGGER organisation_closure AFTER INSERT OR UPDATE OF parent_id ON organisation
    FOR EACH ROW EXECUTE FUNCTION maintain_organisation_closure()`,
  `CREATE TRIGGER readiness_count_insert AFTER INSERT ON system_readiness
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION maintain_readiness_count()`,
  `CREATE TRIGGER readiness_count_update AFTER UPDATE ON system_readiness
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION maintain_readiness_count()`,
  `CREATE TRIGGER readiness_count_delete AFTER DELETE ON system_readiness
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION maintain_readiness_count()`,
  `CREATE TRIGGER evidence_immutable BEFORE UPDATE OR DELETE ON evidence
    FOR EACH ROW EXECUTE FUNCTION refuse_evidence_edit()`,
  `CREATE TRIGGER policy_immutable BEFORE UPDATE OR DELETE ON policy FOR EACH ROW EXECUTE FUNCTION refuse_policy_edit()`,
  `CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_edit()`,
];

/** A storm of state changes leaves dead index entries that slow the next sweep (measured): vacuum this table early. */
const TUNING = `ALTER TABLE obligation SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0, fillfactor = 85)`;

/** What PostgreSQL itself guards: the tree, the counts, and the rows that never change. */
export class Guards1764000001000 implements MigrationInterface {
  readonly name = 'Guards1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [CLOSURE, COUNTS, EVIDENCE, POLICY, AUDIT, ...TRIGGERS, TUNING]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DROP FUNCTION maintain_organisation_closure, maintain_readiness_count, refuse_evidence_edit, refuse_policy_edit,
        refuse_audit_edit CASCADE`,
      'ALTER TABLE obligation RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay, fillfactor)',
    ]);
  }
}
