import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Where tools report to, what they sent, and what evidence knows of a run. */
export class Inlets1764000019000 implements MigrationInterface {
  readonly name = 'Inlets1764000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE inlet (
         id uuid NOT NULL, backup_requirement_id uuid NOT NULL, system_id uuid NOT NULL, name text NOT NULL, tool text,
         time_zone text NOT NULL, schedule_kind text NOT NULL, schedule text NOT NULL, grace_minutes integer NOT NULL,
         copy_site text, mapping jsonb, secret_hash text NOT NULL, secret_hint text NOT NULL, previous_hash text,
         previous_until timestamptz, created_by_id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
         row_version integer NOT NULL DEFAULT 1, revoked_at timestamptz,
         first_signal_at timestamptz, last_signal_at timestamptz, last_outcome text, last_run_at timestamptz, last_good_at timestamptz,
         running_started_at timestamptz, running_run_id text, refused integer NOT NULL DEFAULT 0, last_refused_at timestamptz, last_refusal text,
         state text NOT NULL DEFAULT 'WAITING', reason jsonb NOT NULL, since timestamptz NOT NULL, next_due_at timestamptz,
         attention_at timestamptz,
         CONSTRAINT pk_inlet PRIMARY KEY (id),
         CONSTRAINT ck_inlet_schedule CHECK (schedule_kind IN ('INTERVAL','CRON','CALENDAR')),
         CONSTRAINT ck_inlet_grace CHECK (grace_minutes > 0),
         CONSTRAINT ck_inlet_state CHECK (state IN ('WAITING','ON_TIME','RUNNING','LATE','MISSED','STUCK','FAILING')),
         CONSTRAINT ck_inlet_previous CHECK ((previous_hash IS NULL) = (previous_until IS NULL)),
         CONSTRAINT fk_inlet_requirement FOREIGN KEY (backup_requirement_id) REFERENCES backup_requirement (id),
         CONSTRAINT fk_inlet_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_inlet_creator FOREIGN KEY (created_by_id) REFERENCES app_user (id))`,
      'CREATE UNIQUE INDEX uq_inlet_secret ON inlet (secret_hash)',
      'CREATE UNIQUE INDEX uq_inlet_previous ON inlet (previous_hash)',
      'CREATE UNIQUE INDEX uq_inlet_name ON inlet (backup_requirement_id, name) WHERE revoked_at IS NULL',
      'CREATE INDEX ix_inlet_system ON inlet (system_id)',
      'CREATE INDEX ix_inlet_attention ON inlet (attention_at) WHERE attention_at IS NOT NULL AND revoked_at IS NULL',
      `CREATE TABLE raw_payload (
         sha256 text NOT NULL, bytes bytea NOT NULL, length integer NOT NULL, kept_at timestamptz NOT NULL,
         CONSTRAINT pk_raw_payload PRIMARY KEY (sha256))`,
      'CREATE INDEX ix_raw_payload_kept ON raw_payload (kept_at)',
      `CREATE TABLE submission (
         id uuid NOT NULL, inlet_id uuid NOT NULL, received_at timestamptz NOT NULL, address text NOT NULL, media_type text,
         raw_sha256 text NOT NULL, length integer NOT NULL, disposition text NOT NULL, refusal text, refusal_seen text, tool text,
         command text, exit_code integer, flags jsonb NOT NULL,
         CONSTRAINT pk_submission PRIMARY KEY (id),
         CONSTRAINT ck_submission_disposition CHECK (disposition IN ('ACCEPTED','ACCEPTED_NO_RECORDS','REFUSED')),
         CONSTRAINT ck_submission_refusal CHECK ((disposition = 'REFUSED') = (refusal IS NOT NULL)),
         CONSTRAINT fk_submission_inlet FOREIGN KEY (inlet_id) REFERENCES inlet (id))`,
      'CREATE INDEX ix_submission_inlet ON submission (inlet_id, received_at, id)',
      'CREATE INDEX ix_submission_raw ON submission (raw_sha256)',
      `CREATE TABLE refresh_due (
         id bigint GENERATED ALWAYS AS IDENTITY, system_id uuid NOT NULL,
         CONSTRAINT pk_refresh_due PRIMARY KEY (id))`,
      `ALTER TABLE evidence ALTER COLUMN performer_id DROP NOT NULL, ALTER COLUMN recorded_by_id DROP NOT NULL,
         ADD COLUMN usable boolean NOT NULL DEFAULT TRUE, ADD COLUMN inlet_id uuid, ADD COLUMN submission_id uuid,
         ADD COLUMN started_at timestamptz, ADD COLUMN finished_at timestamptz, ADD COLUMN size_bytes bigint,
         ADD COLUMN stored_bytes bigint, ADD COLUMN size_basis text, ADD COLUMN flags jsonb NOT NULL DEFAULT '[]', ADD COLUMN run jsonb,
         DROP CONSTRAINT ck_evidence_outcome,
         ADD CONSTRAINT ck_evidence_outcome CHECK (outcome IN ('PASSED','PARTIAL','FAILED','RUNNING')),
         ADD CONSTRAINT ck_evidence_running CHECK (outcome <> 'RUNNING' OR NOT usable),
         ADD CONSTRAINT ck_evidence_person CHECK ((inlet_id IS NULL) = (performer_id IS NOT NULL)
           AND (inlet_id IS NULL) = (recorded_by_id IS NOT NULL)),
         ADD CONSTRAINT ck_evidence_inlet CHECK ((inlet_id IS NULL) = (source <> 'INLET') AND (inlet_id IS NULL) = (submission_id IS NULL)),
         ADD CONSTRAINT fk_evidence_inlet FOREIGN KEY (inlet_id) REFERENCES inlet (id),
         ADD CONSTRAINT fk_evidence_submission FOREIGN KEY (submission_id) REFERENCES submission (id)`,
      'CREATE INDEX ix_evidence_submission ON evidence (submission_id) WHERE submission_id IS NOT NULL',
      `CREATE UNIQUE INDEX uq_evidence_inlet_run ON evidence (inlet_id, run_id)
         WHERE inlet_id IS NOT NULL AND run_id IS NOT NULL AND superseded_by_id IS NULL`,
      'DROP INDEX uq_evidence_run',
      `CREATE UNIQUE INDEX uq_evidence_run ON evidence (system_id, tool, run_id)
         WHERE run_id IS NOT NULL AND inlet_id IS NULL AND superseded_by_id IS NULL`,
    ]);
  }

  /** What inlets brought goes: without them it has no source, and rows that name no person are not allowed. */
  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'ALTER TABLE evidence DISABLE TRIGGER evidence_immutable',
      'UPDATE obligation SET evidence_id = NULL WHERE evidence_id IN (SELECT id FROM evidence WHERE inlet_id IS NOT NULL)',
      'DELETE FROM evidence WHERE inlet_id IS NOT NULL',
      'ALTER TABLE evidence ENABLE TRIGGER evidence_immutable',
      'DROP INDEX uq_evidence_run, uq_evidence_inlet_run, ix_evidence_submission',
      `CREATE UNIQUE INDEX uq_evidence_run ON evidence (system_id, tool, run_id) WHERE run_id IS NOT NULL AND superseded_by_id IS NULL`,
      `ALTER TABLE evidence DROP CONSTRAINT ck_evidence_inlet, DROP CONSTRAINT ck_evidence_person, DROP CONSTRAINT ck_evidence_running,
         DROP CONSTRAINT ck_evidence_outcome, DROP COLUMN usable, DROP COLUMN inlet_id, DROP COLUMN submission_id, DROP COLUMN started_at,
         DROP COLUMN finished_at, DROP COLUMN size_bytes, DROP COLUMN stored_bytes, DROP COLUMN size_basis, DROP COLUMN flags, DROP COLUMN run,
         ADD CONSTRAINT ck_evidence_outcome CHECK (outcome IN ('PASSED','PARTIAL','FAILED')),
         ALTER COLUMN performer_id SET NOT NULL, ALTER COLUMN recorded_by_id SET NOT NULL`,
      'DROP TABLE submission, raw_payload, inlet, refresh_due',
    ]);
  }
}
