import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../../platform/messages/messages';

/** A calendar that programs subscribe to: of one person or of one organisation, at an address that is a secret. */
@Entity('calendar_feed')
@Index('uq_calendar_feed_secret', ['secretHash'], { unique: true })
@Check('ck_calendar_feed_owner', '(user_id IS NULL) <> (organisation_id IS NULL)')
@Check('ck_calendar_feed_locale', `locale IN ('ja','en')`)
export class CalendarFeed {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_calendar_feed_user')
  @ForeignKey('app_user', { name: 'fk_calendar_feed_user', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  userId: string | null;

  @Index('ix_calendar_feed_organisation')
  @ForeignKey('organisation', { name: 'fk_calendar_feed_organisation', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  organisationId: string | null;

  @Column('text')
  locale: Locale;

  @Column('text')
  secretHash: string;

  /** The beginning of the secret, to tell it from others. */
  @Column('text')
  secretHint: string;

  @Column('timestamptz')
  createdAt: Date;

  /** Written at most once a minute. */
  @Column('timestamptz', { nullable: true })
  lastReadAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;
}
