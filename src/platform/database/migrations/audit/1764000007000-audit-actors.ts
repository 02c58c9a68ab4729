import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

const FIELDS = `e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id,
    e.on_behalf_of_id, e.action, e.record_type, e.record_id, e.organisation_id, e.before, e.after, e.request_id,
    e.personal_digests`;

/** The text of an event that neither a token nor a program made is what it was, and so is its hash. */
const TEXT = `
CREATE OR REPLACE FUNCTION audit_text(e audit_event) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT (jsonb_build_array(${FIELDS}) || CASE WHEN e.token_id IS NULL AND e.program IS NULL THEN '[]'::jsonb
    ELSE jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('token', e.token_id, 'program', e.program))) END)::text
$$`;

const TEXT_BEFORE = `
CREATE OR REPLACE FUNCTION audit_text(e audit_event) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT jsonb_build_array(${FIELDS})::text
$$`;

/** Events say with which API token a program acted for a person, and which job or command of the service acted. */
export class AuditActors1764000007000 implements MigrationInterface {
  readonly name = 'AuditActors1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER TABLE audit_event ADD token_id uuid, ADD program text', TEXT]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [TEXT_BEFORE, 'ALTER TABLE audit_event DROP token_id, DROP program']);
  }
}
