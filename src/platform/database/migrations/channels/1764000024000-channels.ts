import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/** Where organisations are told, beside the mails to people. */
export class Channels1764000024000 implements MigrationInterface {
  readonly name = 'Channels1764000024000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      `CREATE TABLE channel (
         id uuid NOT NULL, organisation_id uuid NOT NULL, name text NOT NULL, kind text NOT NULL, locale text NOT NULL, address text NOT NULL,
         address_hint text NOT NULL, secret text, previous_secret text, previous_until timestamptz, paused boolean NOT NULL DEFAULT false,
         told_from_on date NOT NULL, formed_on date, created_by_id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
         row_version integer NOT NULL DEFAULT 1, ended_at timestamptz,
         CONSTRAINT pk_channel PRIMARY KEY (id),
         CONSTRAINT ck_channel_kind CHECK (kind IN ('MAIL','WEBHOOK','SLACK','TEAMS')),
         CONSTRAINT ck_channel_locale CHECK (locale IN ('ja','en')),
         CONSTRAINT ck_channel_secret CHECK ((kind = 'WEBHOOK') = (secret IS NOT NULL)),
         CONSTRAINT ck_channel_previous CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
         CONSTRAINT fk_channel_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id),
         CONSTRAINT fk_channel_creator FOREIGN KEY (created_by_id) REFERENCES app_user (id))`,
      'CREATE UNIQUE INDEX uq_channel_name ON channel (organisation_id, name) WHERE ended_at IS NULL',
      `CREATE TABLE channel_message (
         id uuid NOT NULL, channel_id uuid NOT NULL, told_on date NOT NULL, status text NOT NULL, title text, item_count integer NOT NULL DEFAULT 0,
         attempts integer NOT NULL DEFAULT 0, leased_until timestamptz, error text, sent_at timestamptz, created_at timestamptz NOT NULL,
         CONSTRAINT pk_channel_message PRIMARY KEY (id),
         CONSTRAINT ck_channel_message_status CHECK (status IN ('QUEUED','SENDING','SENT','FAILED','CANCELLED')),
         CONSTRAINT fk_channel_message_channel FOREIGN KEY (channel_id) REFERENCES channel (id))`,
      'CREATE UNIQUE INDEX uq_channel_message ON channel_message (channel_id, told_on)',
      `CREATE INDEX ix_channel_message_open ON channel_message (id) WHERE status IN ('QUEUED','SENDING')`,
      'CREATE INDEX ix_channel_message_listed ON channel_message (created_at, id)',
      `CREATE TABLE channel_item (
         channel_id uuid NOT NULL, obligation_id uuid NOT NULL, occurrence text NOT NULL, stage text NOT NULL, offset_days integer NOT NULL,
         told_on date NOT NULL,
         CONSTRAINT pk_channel_item PRIMARY KEY (channel_id, obligation_id, occurrence, stage, offset_days),
         CONSTRAINT fk_channel_item_channel FOREIGN KEY (channel_id) REFERENCES channel (id))`,
      'CREATE INDEX ix_channel_item_told ON channel_item (channel_id, told_on)',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE channel_item', 'DROP TABLE channel_message', 'DROP TABLE channel']);
  }
}
