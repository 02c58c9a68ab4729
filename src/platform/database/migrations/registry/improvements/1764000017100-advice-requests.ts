import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../../run-all';

/** What agencies ask their ministry, and notices of it, which may be about no system. */
export class AdviceRequests1764000017100 implements MigrationInterface {
  readonly name = 'AdviceRequests1764000017100';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE advice_request (
         id uuid NOT NULL, organisation_id uuid NOT NULL, ministry_id uuid NOT NULL, system_id uuid, improvement_item_id uuid,
         title text NOT NULL, question text NOT NULL, due_on date, status text NOT NULL DEFAULT 'OPEN', asked_by_id uuid NOT NULL,
         asked_at timestamptz NOT NULL, answer text, answered_by_id uuid, answered_at timestamptz, withdrawn_at timestamptz,
         CONSTRAINT pk_advice_request PRIMARY KEY (id),
         CONSTRAINT ck_advice_status CHECK (status IN ('OPEN','ANSWERED','WITHDRAWN')),
         CONSTRAINT ck_advice_answered CHECK ((status = 'ANSWERED') = (answer IS NOT NULL)
           AND (answer IS NULL) = (answered_by_id IS NULL) AND (answer IS NULL) = (answered_at IS NULL)),
         CONSTRAINT ck_advice_answerer CHECK (answered_by_id <> asked_by_id),
         CONSTRAINT ck_advice_withdrawn CHECK ((status = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)),
         CONSTRAINT fk_advice_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id),
         CONSTRAINT fk_advice_ministry FOREIGN KEY (ministry_id) REFERENCES organisation (id),
         CONSTRAINT fk_advice_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_advice_improvement FOREIGN KEY (improvement_item_id) REFERENCES improvement_item (id),
         CONSTRAINT fk_advice_asker FOREIGN KEY (asked_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_advice_answerer FOREIGN KEY (answered_by_id) REFERENCES app_user (id))`,
      'CREATE INDEX ix_advice_organisation ON advice_request (organisation_id, asked_at)',
      'CREATE INDEX ix_advice_ministry ON advice_request (ministry_id, asked_at)',
      'ALTER TABLE notice ALTER system_id DROP NOT NULL, DROP CONSTRAINT ck_notice_kind',
      `ALTER TABLE notice ADD CONSTRAINT ck_notice_kind
         CHECK (kind IN ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED')),
       ADD CONSTRAINT ck_notice_system CHECK (system_id IS NOT NULL OR kind LIKE 'ADVICE\\_%')`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `DELETE FROM notice WHERE kind LIKE 'ADVICE\\_%'`,
      'ALTER TABLE notice DROP CONSTRAINT ck_notice_system, DROP CONSTRAINT ck_notice_kind, ALTER system_id SET NOT NULL',
      `ALTER TABLE notice ADD CONSTRAINT ck_notice_kind CHECK (kind IN ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE'))`,
      'DROP TABLE advice_request',
    ]);
  }
}
