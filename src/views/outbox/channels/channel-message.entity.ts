import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** SENDING holds a lease, so that one worker sends it. FAILED waits for a person. CANCELLED: nothing was left to tell. */
export const CHANNEL_MESSAGE_STATUSES = ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'CANCELLED'] as const;
export type ChannelMessageStatus = (typeof CHANNEL_MESSAGE_STATUSES)[number];

/** What one channel is told on one day, with what became of it. */
@Entity('channel_message')
@Check('ck_channel_message_status', `status IN ('QUEUED','SENDING','SENT','FAILED','CANCELLED')`)
@Index('uq_channel_message', ['channelId', 'toldOn'], { unique: true })
@Index('ix_channel_message_open', ['id'], { where: `status IN ('QUEUED','SENDING')` })
@Index('ix_channel_message_listed', ['createdAt', 'id'])
export class ChannelMessage {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('channel', { name: 'fk_channel_message_channel' })
  @Column('uuid')
  channelId: string;

  @Column('date')
  toldOn: string;

  @Column('text')
  status: ChannelMessageStatus;

  /** Filled when it is composed, at delivery. */
  @Column('text', { nullable: true })
  title: string | null;

  @Column('integer', { default: 0 })
  itemCount: number;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { nullable: true })
  leasedUntil: Date | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
