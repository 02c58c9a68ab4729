import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What happened is told once; what has been attested stays as it was. */
const FROZEN = `
CREATE FUNCTION refuse_drill_run_edit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_frozen boolean;
BEGIN
  IF TG_TABLE_NAME = 'drill_run' THEN
    is_frozen := OLD.status = 'ATTESTED';
  ELSIF TG_TABLE_NAME = 'drill_run_step' THEN
    is_frozen := EXISTS (SELECT FROM drill_run r WHERE r.id = OLD.run_id AND r.status = 'ATTESTED');
  ELSE
    is_frozen := true;
  END IF;
  IF NOT is_frozen THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'what was told of a run, and a run that was attested, never change'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_drill_run_immutable', TABLE = TG_TABLE_NAME;
END $$`;

const guard = (table: string): string =>
  `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_drill_run_edit()`;

/** Runs of drills and outages, their steps, and what happened in them. */
export class DrillRuns1764000020100 implements MigrationInterface {
  readonly name = 'DrillRuns1764000020100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE drill_run (
         id uuid NOT NULL, drill_id uuid NOT NULL, system_id uuid NOT NULL, status text NOT NULL, opened_at timestamptz NOT NULL,
         opened_by_id uuid, readiness jsonb NOT NULL DEFAULT '[]', started_at timestamptz, started_by_id uuid,
         paused_at timestamptz, paused_seconds integer NOT NULL DEFAULT 0, finished_at timestamptz, recovery_point_at timestamptz,
         check_observed text, claimed text, note text, completed_by_id uuid, end_reason text, attested_by_id uuid,
         attested_at timestamptz, evidence_id uuid, report jsonb, report_sha256 text, warn_at timestamptz, chase_at timestamptz,
         CONSTRAINT pk_drill_run PRIMARY KEY (id),
         CONSTRAINT ck_drill_run_status CHECK (status IN ('PREPARING','RUNNING','COMPLETED','ATTESTED','ABANDONED')),
         CONSTRAINT ck_drill_run_started CHECK ((started_at IS NULL) = (started_by_id IS NULL)
           AND (status <> 'PREPARING' OR started_at IS NULL) AND (status NOT IN ('RUNNING','COMPLETED','ATTESTED') OR started_at IS NOT NULL)),
         CONSTRAINT ck_drill_run_paused CHECK (paused_at IS NULL OR status = 'RUNNING'),
         CONSTRAINT ck_drill_run_completed CHECK (status NOT IN ('COMPLETED','ATTESTED')
           OR (finished_at >= started_at AND completed_by_id IS NOT NULL AND claimed IS NOT NULL)),
         CONSTRAINT ck_drill_run_claimed CHECK (claimed IN ('PASSED','PARTIAL','FAILED')),
         CONSTRAINT ck_drill_run_recovery_point CHECK (recovery_point_at <= started_at),
         CONSTRAINT ck_drill_run_attested CHECK ((status = 'ATTESTED') = (attested_by_id IS NOT NULL)
           AND (status = 'ATTESTED') = (attested_at IS NOT NULL) AND (status = 'ATTESTED') = (report_sha256 IS NOT NULL)),
         CONSTRAINT ck_drill_run_attester CHECK (attested_by_id <> started_by_id AND attested_by_id <> completed_by_id),
         CONSTRAINT fk_drill_run_drill FOREIGN KEY (drill_id) REFERENCES drill (id),
         CONSTRAINT fk_drill_run_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_drill_run_opener FOREIGN KEY (opened_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_run_starter FOREIGN KEY (started_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_run_completer FOREIGN KEY (completed_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_run_attester FOREIGN KEY (attested_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_run_evidence FOREIGN KEY (evidence_id) REFERENCES evidence (id))`,
      `CREATE UNIQUE INDEX uq_drill_run_open ON drill_run (drill_id) WHERE status IN ('PREPARING','RUNNING','COMPLETED')`,
      'CREATE INDEX ix_drill_run_drill ON drill_run (drill_id, opened_at)',
      'CREATE INDEX ix_drill_run_system ON drill_run (system_id)',
      'CREATE INDEX ix_drill_run_warn ON drill_run (warn_at) WHERE warn_at IS NOT NULL',
      'CREATE INDEX ix_drill_run_chase ON drill_run (chase_at) WHERE chase_at IS NOT NULL',
      `CREATE TABLE drill_run_step (
         run_id uuid NOT NULL, key text NOT NULL, position integer NOT NULL, title text NOT NULL, role text, instructions text,
         location text, planned_minutes integer, waits_for jsonb NOT NULL DEFAULT '[]', status text NOT NULL DEFAULT 'PENDING',
         started_at timestamptz, started_by_id uuid, ended_at timestamptz, ended_by_id uuid, skip_reason text,
         CONSTRAINT pk_drill_run_step PRIMARY KEY (run_id, key),
         CONSTRAINT ck_drill_run_step_status CHECK (status IN ('PENDING','STARTED','FINISHED','SKIPPED')),
         CONSTRAINT ck_drill_run_step_ended CHECK ((status IN ('FINISHED','SKIPPED')) = (ended_at IS NOT NULL)
           AND (ended_at IS NULL) = (ended_by_id IS NULL) AND (status = 'SKIPPED') = (skip_reason IS NOT NULL)),
         CONSTRAINT fk_drill_run_step_run FOREIGN KEY (run_id) REFERENCES drill_run (id),
         CONSTRAINT fk_drill_run_step_starter FOREIGN KEY (started_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_run_step_ender FOREIGN KEY (ended_by_id) REFERENCES app_user (id))`,
      `CREATE TABLE drill_run_event (
         run_id uuid NOT NULL, number integer NOT NULL, at timestamptz NOT NULL, kind text NOT NULL, actor_id uuid, step_key text,
         text text,
         CONSTRAINT pk_drill_run_event PRIMARY KEY (run_id, number),
         CONSTRAINT fk_drill_run_event_run FOREIGN KEY (run_id) REFERENCES drill_run (id),
         CONSTRAINT fk_drill_run_event_actor FOREIGN KEY (actor_id) REFERENCES app_user (id))`,
      FROZEN,
      ...['drill_run', 'drill_run_step', 'drill_run_event'].map(guard),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      ...['DROP TABLE drill_run_event', 'DROP TABLE drill_run_step', 'DROP TABLE drill_run'],
      'DROP FUNCTION refuse_drill_run_edit()',
    ]);
  }
}
