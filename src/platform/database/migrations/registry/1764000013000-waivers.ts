import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Permissions, limited in time, not to meet a rule. */
export class Waivers1764000013000 implements MigrationInterface {
  readonly name = 'Waivers1764000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE waiver (
         id uuid NOT NULL, system_id uuid NOT NULL, rule_key text NOT NULL, backup_requirement_id uuid, duty_of uuid NOT NULL,
         reason text NOT NULL, compensating_measure text NOT NULL, evidence text, expires_on date NOT NULL,
         renewals integer NOT NULL DEFAULT 0, status text NOT NULL DEFAULT 'REQUESTED', requested_by_id uuid NOT NULL,
         requested_at timestamptz NOT NULL, decided_by_id uuid, decided_at timestamptz, comment text, revoked_by_id uuid,
         revoked_at timestamptz,
         CONSTRAINT pk_waiver PRIMARY KEY (id),
         CONSTRAINT ck_waiver_status CHECK (status IN ('REQUESTED','APPROVED','REJECTED','WITHDRAWN','REVOKED')),
         CONSTRAINT ck_waiver_decided CHECK ((status = 'REQUESTED') = (decided_by_id IS NULL)
           AND (status = 'REQUESTED') = (decided_at IS NULL)),
         CONSTRAINT ck_waiver_decider CHECK ((decided_by_id <> requested_by_id) = (status <> 'WITHDRAWN')),
         CONSTRAINT ck_waiver_revoked CHECK ((status = 'REVOKED') = (revoked_by_id IS NOT NULL)),
         CONSTRAINT fk_waiver_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_waiver_requirement FOREIGN KEY (backup_requirement_id) REFERENCES backup_requirement (id),
         CONSTRAINT fk_waiver_requester FOREIGN KEY (requested_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_waiver_decider FOREIGN KEY (decided_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_waiver_revoker FOREIGN KEY (revoked_by_id) REFERENCES app_user (id))`,
      `CREATE UNIQUE INDEX uq_waiver_open ON waiver (duty_of, rule_key) WHERE status = 'REQUESTED'`,
      'CREATE INDEX ix_waiver_system ON waiver (system_id, requested_at)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE waiver']);
  }
}
