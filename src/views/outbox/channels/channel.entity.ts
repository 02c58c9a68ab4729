import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export const CHANNEL_KIND_NAMES = ['MAIL', 'WEBHOOK', 'SLACK', 'TEAMS'] as const;
export type ChannelKindName = (typeof CHANNEL_KIND_NAMES)[number];

/**
 * Where an organisation is told, once a day, of what people below it are reminded of (通知先). The address and the secret are used and never
 * shown again: the addresses of Slack and Teams are secrets themselves.
 */
@Entity('channel')
@Check('ck_channel_kind', `kind IN ('MAIL','WEBHOOK','SLACK','TEAMS')`)
@Check('ck_channel_locale', `locale IN ('ja','en')`)
@Check('ck_channel_secret', `(kind = 'WEBHOOK') = (secret IS NOT NULL)`)
@Check('ck_channel_previous', '(previous_secret IS NULL) = (previous_until IS NULL)')
@Index('uq_channel_name', ['organisationId', 'name'], { unique: true, where: 'ended_at IS NULL' })
export class Channel {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_channel_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: ChannelKindName;

  /** The language it is written in. */
  @Column('text')
  locale: 'ja' | 'en';

  @Column('text')
  address: string;

  /** What may be shown of the address. */
  @Column('text')
  addressHint: string;

  /** Signs what a webhook gets: `whsec_` and base64. */
  @Column('text', { nullable: true })
  secret: string | null;

  /** The one before it, which signs too until `previousUntil`. */
  @Column('text', { nullable: true })
  previousSecret: string | null;

  @Column('timestamptz', { nullable: true })
  previousUntil: Date | null;

  @Column('boolean', { default: false })
  paused: boolean;

  /** Reminders planned before this day are not told. */
  @Column('date')
  toldFromOn: string;

  /** The last day whose message has been formed, or found not to be needed. */
  @Column('date', { nullable: true })
  formedOn: string | null;

  @ForeignKey('app_user', { name: 'fk_channel_creator' })
  @Column('uuid')
  createdById: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
