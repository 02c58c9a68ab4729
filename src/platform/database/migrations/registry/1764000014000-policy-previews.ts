import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What drafts of policies would change, as last asked for. */
export class PolicyPreviews1764000014000 implements MigrationInterface {
  readonly name = 'PolicyPreviews1764000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE policy_preview (
         policy_id uuid NOT NULL, status text NOT NULL, row_version integer NOT NULL, effective_on date NOT NULL,
         attempts integer NOT NULL DEFAULT 0, systems_read integer NOT NULL DEFAULT 0, systems_total integer NOT NULL,
         effects jsonb, requested_by_id uuid NOT NULL, requested_at timestamptz NOT NULL, finished_at timestamptz,
         CONSTRAINT pk_policy_preview PRIMARY KEY (policy_id),
         CONSTRAINT ck_policy_preview_status CHECK (status IN ('QUEUED','RUNNING','DONE','FAILED')),
         CONSTRAINT ck_policy_preview_done CHECK ((status = 'DONE') = (effects IS NOT NULL)),
         CONSTRAINT fk_policy_preview_policy FOREIGN KEY (policy_id) REFERENCES policy (id),
         CONSTRAINT fk_policy_preview_requester FOREIGN KEY (requested_by_id) REFERENCES app_user (id))`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE policy_preview']);
  }
}
