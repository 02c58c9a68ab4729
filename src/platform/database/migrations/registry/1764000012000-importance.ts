import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const TIERS = `('HIGH','MODERATE','LOW')`;

/** Answers about the importance of systems, and what was approved on them. */
export class Importance1764000012000 implements MigrationInterface {
  readonly name = 'Importance1764000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE importance_assessment (
         id uuid NOT NULL, system_id uuid NOT NULL, number integer NOT NULL, status text NOT NULL DEFAULT 'SUBMITTED',
         answers jsonb NOT NULL, impacts jsonb, suggested_tier text NOT NULL, provisional boolean NOT NULL, grounds jsonb NOT NULL,
         mtd_minutes integer, made_by_id uuid NOT NULL, made_at timestamptz NOT NULL, approved_tier text, rationale text,
         approved_by_id uuid, approved_at timestamptz, review_on date,
         CONSTRAINT pk_importance_assessment PRIMARY KEY (id),
         CONSTRAINT uq_importance_assessment UNIQUE (system_id, number),
         CONSTRAINT ck_importance_assessment_status CHECK (status IN ('SUBMITTED','APPROVED','SUPERSEDED')),
         CONSTRAINT ck_importance_assessment_tiers CHECK (suggested_tier IN ${TIERS}
           AND (approved_tier IS NULL OR approved_tier IN ${TIERS})),
         CONSTRAINT ck_importance_assessment_approved CHECK ((status = 'APPROVED') = (approved_by_id IS NOT NULL)
           AND (status = 'APPROVED') = (approved_tier IS NOT NULL) AND (status = 'APPROVED') = (approved_at IS NOT NULL)
           AND (status = 'APPROVED') = (rationale IS NOT NULL)),
         CONSTRAINT ck_importance_assessment_approver CHECK (approved_by_id <> made_by_id),
         CONSTRAINT fk_importance_assessment_system FOREIGN KEY (system_id) REFERENCES system (id),
         CONSTRAINT fk_importance_assessment_maker FOREIGN KEY (made_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_importance_assessment_approver FOREIGN KEY (approved_by_id) REFERENCES app_user (id))`,
      `CREATE UNIQUE INDEX uq_importance_assessment_open ON importance_assessment (system_id) WHERE status = 'SUBMITTED'`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE importance_assessment']);
  }
}
