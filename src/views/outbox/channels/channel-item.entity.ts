import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One notice of the reminder ledger that a channel is told of; the key is what keeps it from being told twice. */
@Entity('channel_item')
@Index('ix_channel_item_told', ['channelId', 'toldOn'])
export class ChannelItem {
  @ForeignKey('channel', { name: 'fk_channel_item_channel' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_channel_item' })
  channelId: string;

  /** No foreign key: what was told stays on record when the duty is no longer owed. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_channel_item' })
  obligationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_channel_item' })
  occurrence: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_channel_item' })
  stage: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_channel_item' })
  offsetDays: number;

  @Column('date')
  toldOn: string;
}
