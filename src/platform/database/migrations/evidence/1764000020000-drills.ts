import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Planned drills, real outages, and who is booked for them. */
export class Drills1764000020000 implements MigrationInterface {
  readonly name = 'Drills1764000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE drill (
         id uuid NOT NULL, system_id uuid NOT NULL, kind text NOT NULL, type text, title text NOT NULL,
         scheduled_at timestamptz NOT NULL, planned_minutes integer NOT NULL, recurrence text NOT NULL DEFAULT 'ONCE',
         time_basis text NOT NULL DEFAULT 'ELAPSED', procedure_version_id uuid, step_keys jsonb, check_expected text,
         status text NOT NULL DEFAULT 'PLANNED', cancel_reason text, cancelled_by_id uuid, planned_by_id uuid NOT NULL,
         row_version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
         CONSTRAINT pk_drill PRIMARY KEY (id),
         CONSTRAINT ck_drill_kind CHECK (kind IN ('DRILL','OUTAGE') AND (kind = 'OUTAGE') = (type IS NULL)),
         CONSTRAINT ck_drill_type CHECK (type IN ('TABLETOP','FUNCTIONAL','FULL_SCALE','NOTIFICATION')),
         CONSTRAINT ck_drill_status CHECK (status IN ('PLANNED','UNDER_WAY','HELD','CANCELLED')),
         CONSTRAINT ck_drill_recurrence CHECK (recurrence IN ('ONCE','BY_POLICY')),
         CONSTRAINT ck_drill_time_basis CHECK (time_basis IN ('ELAPSED','SUPPORT_HOURS')),
         CONSTRAINT ck_drill_planned_minutes CHECK (planned_minutes > 0),
         CONSTRAINT ck_drill_cancelled CHECK ((status = 'CANCELLED') = (cancelled_by_id IS NOT NULL)
           AND (status = 'CANCELLED') = (cancel_reason IS NOT NULL)),
         CONSTRAINT fk_drill_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_drill_procedure_version FOREIGN KEY (procedure_version_id) REFERENCES procedure_version (id),
         CONSTRAINT fk_drill_canceller FOREIGN KEY (cancelled_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_drill_planner FOREIGN KEY (planned_by_id) REFERENCES app_user (id))`,
      'CREATE INDEX ix_drill_system ON drill (system_id, scheduled_at)',
      'CREATE INDEX ix_drill_listed ON drill (scheduled_at, id)',
      `CREATE INDEX ix_drill_due ON drill (scheduled_at) WHERE status = 'PLANNED'`,
      `CREATE TABLE drill_participant (
         drill_id uuid NOT NULL, user_id uuid NOT NULL, part text, acknowledged_at timestamptz,
         CONSTRAINT pk_drill_participant PRIMARY KEY (drill_id, user_id),
         CONSTRAINT fk_drill_participant_drill FOREIGN KEY (drill_id) REFERENCES drill (id),
         CONSTRAINT fk_drill_participant_user FOREIGN KEY (user_id) REFERENCES app_user (id))`,
      'CREATE INDEX ix_drill_participant_user ON drill_participant (user_id)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE drill_participant', 'DROP TABLE drill']);
  }
}
