import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

const TABLES = [
  `ALTER TABLE audit_event ADD on_behalf_of_id uuid, ADD personal jsonb, ADD personal_digests jsonb`,
  `CREATE INDEX ix_audit_event_actor ON audit_event (actor_id, at)`,
  `CREATE INDEX ix_audit_event_organisation ON audit_event (organisation_id, at)`,
  `CREATE TABLE audit_link (
      seq bigint NOT NULL,
      event_id uuid NOT NULL,
      hash text NOT NULL,
      CONSTRAINT uq_audit_link_event UNIQUE (event_id),
      CONSTRAINT pk_audit_link PRIMARY KEY (seq),
      CONSTRAINT fk_audit_link_event FOREIGN KEY (event_id) REFERENCES audit_event (id)
    )`,
];

/** Functions run with the rights of the owner look names up where nobody else can put a table of the same name. */
const AS_OWNER = 'SECURITY DEFINER SET search_path = public, pg_temp';

/** What of an event enters the chain, as one text: everything but the personal part, of which there are digests. */
const TEXT = `
CREATE FUNCTION audit_text(e audit_event) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id,
    e.on_behalf_of_id, e.action, e.record_type, e.record_id, e.organisation_id, e.before, e.after, e.request_id,
    e.personal_digests)::text
$$`;

const DIGEST = `
CREATE FUNCTION audit_digest(content text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex')
$$`;

/** The digest of the event and not its text: who may not read an event can still check the chain that runs through it. */
const HASH = `
CREATE FUNCTION audit_hash(previous text, seq bigint, digest text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(previous || ' ' || seq || ' ' || digest, 'UTF8')), 'hex')
$$`;

const PERSONAL = `
CREATE FUNCTION digest_audit_personal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.personal_digests := (SELECT jsonb_object_agg(key, encode(sha256(convert_to(value::text, 'UTF8')), 'hex'))
    FROM jsonb_each(NEW.personal));
  RETURN NEW;
END $$`;

/**
 * Runs at commit, so that the lock that orders the chain is held only then. The lock comes before the look at the last link: each statement
 * sees what has been committed when it begins.
 */
const LINK = `
CREATE FUNCTION link_audit_event() RETURNS trigger LANGUAGE plpgsql ${AS_OWNER} AS $$
DECLARE
  head audit_link;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit_link'));
  SELECT * INTO head FROM audit_link ORDER BY seq DESC LIMIT 1;
  head.seq := coalesce(head.seq, 0) + 1;
  INSERT INTO audit_link (seq, event_id, hash)
    VALUES (head.seq, NEW.id, audit_hash(coalesce(head.hash, repeat('0', 64)), head.seq, audit_digest(audit_text(NEW))));
  RETURN NULL;
END $$`;

/** All that may still happen to an event is that the personal part of somebody goes whose erasure is an event itself. */
const KEEP = `
CREATE OR REPLACE FUNCTION refuse_audit_edit() RETURNS trigger LANGUAGE plpgsql ${AS_OWNER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_event' THEN
    IF to_jsonb(NEW) - 'personal' = to_jsonb(OLD) - 'personal' AND OLD.personal @> coalesce(NEW.personal, '{}')
      AND NOT EXISTS (
        SELECT FROM jsonb_each(OLD.personal) was
        WHERE was.value IS DISTINCT FROM NEW.personal -> was.key AND NOT (NOT coalesce(NEW.personal, '{}') ? was.key
          AND EXISTS (SELECT FROM audit_event WHERE action = 'user.erased' AND record_id = was.key::uuid)))
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit events are append-only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_audit_event_append_only', TABLE = 'audit_event';
END $$`;

const KEEP_BEFORE = `
CREATE OR REPLACE FUNCTION refuse_audit_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_audit_event_append_only', TABLE = 'audit_event';
END $$`;

const ERASE = `
CREATE FUNCTION erase_audit_personal(person uuid) RETURNS bigint LANGUAGE plpgsql ${AS_OWNER} AS $$
DECLARE
  erased bigint;
BEGIN
  UPDATE audit_event SET personal = nullif(personal - person::text, '{}') WHERE personal ? person::text;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$`;

const fields = (part: string): string =>
  `jsonb_strip_nulls(jsonb_build_object('email', ${part} -> 'email', 'displayName', ${part} -> 'displayName'))`;

/** What older events hold of people moves to the personal part before the events are linked; later nothing may. */
const OLDER = [
  'ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only',
  `UPDATE audit_event SET
     personal = jsonb_build_object(coalesce(CASE record_type WHEN 'user' THEN record_id END, actor_id)::text,
       jsonb_strip_nulls(jsonb_build_object('salt', gen_random_uuid(), 'address', after -> 'address',
         'before', nullif(${fields('before')}, '{}'), 'after', nullif(${fields('after')}, '{}')))),
     before = before - '{email,displayName}'::text[], after = after - '{email,displayName,address}'::text[]
   WHERE coalesce(CASE record_type WHEN 'user' THEN record_id END, actor_id) IS NOT NULL
     AND (before ?| '{email,displayName}' OR after ?| '{email,displayName,address}')`,
  `UPDATE audit_event SET personal_digests =
     (SELECT jsonb_object_agg(key, audit_digest(value::text)) FROM jsonb_each(personal)) WHERE personal IS NOT NULL`,
  'ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only',
  `DO $$
   DECLARE
     e audit_event;
     place bigint := 0;
     head text := repeat('0', 64);
   BEGIN
     FOR e IN SELECT * FROM audit_event ORDER BY at, id LOOP
       place := place + 1;
       head := audit_hash(head, place, audit_digest(audit_text(e)));
       INSERT INTO audit_link (seq, event_id, hash) VALUES (place, e.id, head);
     END LOOP;
   END $$`,
];

const TRIGGERS = [
  `CREATE TRIGGER audit_event_digest BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION digest_audit_personal()`,
  `CREATE CONSTRAINT TRIGGER audit_event_link AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION link_audit_event()`,
  `CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION refuse_audit_edit()`,
  `CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_edit()`,
  `CREATE TRIGGER audit_link_not_emptied BEFORE TRUNCATE ON audit_link EXECUTE FUNCTION refuse_audit_edit()`,
];

/** The audit events become a chain of hashes, and what they hold of people can be erased without breaking it (docs/adr/0023). */
export class AuditChain1764000002000 implements MigrationInterface {
  readonly name = 'AuditChain1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [...TABLES, TEXT, DIGEST, HASH, PERSONAL, LINK, KEEP, ERASE, ...OLDER, ...TRIGGERS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TABLE audit_link',
      'DROP FUNCTION digest_audit_personal, link_audit_event, erase_audit_personal, audit_text, audit_digest, audit_hash CASCADE',
      'DROP TRIGGER audit_event_not_emptied ON audit_event',
      KEEP_BEFORE,
      'ALTER FUNCTION refuse_audit_edit() RESET ALL',
      'ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only',
      `UPDATE audit_event SET
         before = before || coalesce((SELECT p.value -> 'before' FROM jsonb_each(personal) p LIMIT 1), '{}'),
         after = after || coalesce((SELECT p.value -> 'after' FROM jsonb_each(personal) p LIMIT 1), '{}')
       WHERE personal IS NOT NULL`,
      'ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only',
      'DROP INDEX ix_audit_event_actor, ix_audit_event_organisation',
      'ALTER TABLE audit_event DROP on_behalf_of_id, DROP personal, DROP personal_digests',
    ]);
  }
}
