import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** What was reported is what was known: once there is content, only who submitted and acknowledged it is added. */
const FROZEN = `
CREATE FUNCTION refuse_report_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'report' THEN
    IF OLD.content IS NULL THEN
      IF (OLD.organisation_id, OLD.period_kind, OLD.starts_on, OLD.ends_on, OLD.version) = (NEW.organisation_id, NEW.period_kind, NEW.starts_on, NEW.ends_on, NEW.version)
      THEN RETURN NEW; END IF;
    ELSIF to_jsonb(OLD) - ARRAY['status','submitted_by_id','submitted_at','acknowledged_by_id','acknowledged_at']
        = to_jsonb(NEW) - ARRAY['status','submitted_by_id','submitted_at','acknowledged_by_id','acknowledged_at']
      AND (OLD.status, NEW.status) IN (('DRAFT','SUBMITTED'), ('SUBMITTED','ACKNOWLEDGED'))
      AND (OLD.submitted_by_id IS NULL OR (OLD.submitted_by_id, OLD.submitted_at) = (NEW.submitted_by_id, NEW.submitted_at))
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'a report never changes'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_report_frozen', TABLE = TG_TABLE_NAME;
END $$`;

/** Reports to the CISO, and what is said about them. */
export class Reports1764000030000 implements MigrationInterface {
  readonly name = 'Reports1764000030000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE report (
         id uuid NOT NULL, organisation_id uuid NOT NULL, period_kind text NOT NULL, starts_on date NOT NULL, ends_on date NOT NULL,
         version integer NOT NULL, status text NOT NULL, requested_by_id uuid, requested_at timestamptz NOT NULL,
         attempts integer NOT NULL DEFAULT 0, sections_done integer NOT NULL DEFAULT 0, standing_at timestamptz, content jsonb, sha256 text,
         submitted_by_id uuid, submitted_at timestamptz, acknowledged_by_id uuid, acknowledged_at timestamptz,
         CONSTRAINT pk_report PRIMARY KEY (id),
         CONSTRAINT uq_report_version UNIQUE (organisation_id, period_kind, starts_on, version),
         CONSTRAINT fk_report_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id),
         CONSTRAINT fk_report_requester FOREIGN KEY (requested_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_report_submitter FOREIGN KEY (submitted_by_id) REFERENCES app_user (id),
         CONSTRAINT fk_report_acknowledger FOREIGN KEY (acknowledged_by_id) REFERENCES app_user (id),
         CONSTRAINT ck_report_period CHECK (period_kind IN ('MONTH','QUARTER','FISCAL_YEAR') AND ends_on > starts_on),
         CONSTRAINT ck_report_status CHECK (status IN ('QUEUED','RUNNING','FAILED','DRAFT','SUBMITTED','ACKNOWLEDGED')),
         CONSTRAINT ck_report_made CHECK (
           (status IN ('DRAFT','SUBMITTED','ACKNOWLEDGED')) = (content IS NOT NULL) AND (content IS NULL) = (sha256 IS NULL)
           AND (content IS NULL) = (standing_at IS NULL)),
         CONSTRAINT ck_report_submitted CHECK (
           (status IN ('SUBMITTED','ACKNOWLEDGED')) = (submitted_by_id IS NOT NULL) AND (submitted_by_id IS NULL) = (submitted_at IS NULL)),
         CONSTRAINT ck_report_acknowledged CHECK (
           (status = 'ACKNOWLEDGED') = (acknowledged_by_id IS NOT NULL) AND (acknowledged_by_id IS NULL) = (acknowledged_at IS NULL)),
         CONSTRAINT ck_report_acknowledger CHECK (acknowledged_by_id <> submitted_by_id))`,
      `CREATE UNIQUE INDEX uq_report_scheduled ON report (organisation_id, period_kind, starts_on) WHERE requested_by_id IS NULL`,
      'CREATE INDEX ix_report_listed ON report (requested_at, id)',
      `CREATE TABLE report_comment (
         id uuid NOT NULL, report_id uuid NOT NULL, author_id uuid NOT NULL, at timestamptz NOT NULL, text text NOT NULL,
         CONSTRAINT pk_report_comment PRIMARY KEY (id),
         CONSTRAINT fk_report_comment_report FOREIGN KEY (report_id) REFERENCES report (id),
         CONSTRAINT fk_report_comment_author FOREIGN KEY (author_id) REFERENCES app_user (id))`,
      'CREATE INDEX ix_report_comment_report ON report_comment (report_id, at, id)',
      FROZEN,
      'CREATE TRIGGER report_frozen BEFORE UPDATE OR DELETE ON report FOR EACH ROW EXECUTE FUNCTION refuse_report_edit()',
      'CREATE TRIGGER report_comment_frozen BEFORE UPDATE OR DELETE ON report_comment FOR EACH ROW EXECUTE FUNCTION refuse_report_edit()',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE report_comment', 'DROP TABLE report', 'DROP FUNCTION refuse_report_edit']);
  }
}
