import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Calendars that programs subscribe to by a secret address, and what each has told. */
export class CalendarFeeds1764000037000 implements MigrationInterface {
  readonly name = 'CalendarFeeds1764000037000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE calendar_feed (
         id uuid NOT NULL, user_id uuid, organisation_id uuid, locale text NOT NULL, secret_hash text NOT NULL, secret_hint text NOT NULL,
         created_at timestamptz NOT NULL, last_read_at timestamptz, revoked_at timestamptz,
         CONSTRAINT pk_calendar_feed PRIMARY KEY (id),
         CONSTRAINT ck_calendar_feed_owner CHECK ((user_id IS NULL) <> (organisation_id IS NULL)),
         CONSTRAINT ck_calendar_feed_locale CHECK (locale IN ('ja','en')),
         CONSTRAINT fk_calendar_feed_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
         CONSTRAINT fk_calendar_feed_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE)`,
      'CREATE UNIQUE INDEX uq_calendar_feed_secret ON calendar_feed (secret_hash)',
      'CREATE INDEX ix_calendar_feed_user ON calendar_feed (user_id)',
      'CREATE INDEX ix_calendar_feed_organisation ON calendar_feed (organisation_id)',
      `CREATE TABLE calendar_feed_entry (
         feed_id uuid NOT NULL, uid text NOT NULL, content text NOT NULL, sequence integer NOT NULL, changed_at timestamptz NOT NULL,
         ended_at timestamptz,
         CONSTRAINT pk_calendar_feed_entry PRIMARY KEY (feed_id, uid),
         CONSTRAINT fk_calendar_feed_entry_feed FOREIGN KEY (feed_id) REFERENCES calendar_feed (id) ON DELETE CASCADE)`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE calendar_feed_entry', 'DROP TABLE calendar_feed']);
  }
}
