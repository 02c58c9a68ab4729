import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Reminders of one occurrence of an obligation that are held back for a time, with the reason. Rows stay; one at a time is open. */
@Entity('snooze')
@Check('ck_snooze_number', 'number > 0')
@Check('ck_snooze_canceller', 'cancelled_by_id IS NULL OR ended_at IS NOT NULL')
@Index('uq_snooze_open', ['obligationId'], { unique: true, where: 'ended_at IS NULL' })
@Index('ix_snooze_open', ['untilOn'], { where: 'ended_at IS NULL' })
@Index('ix_snooze_obligation', ['obligationId', 'occurrence'])
export class Snooze {
  @PrimaryColumn('uuid')
  id: string;

  /** No foreign key, as in the reminders: it stays on record when the duty is no longer owed. */
  @Column('uuid')
  obligationId: string;

  @Column('text')
  occurrence: string;

  @Column('text')
  reason: string;

  /** The last day on which reminders are held back. */
  @Column('date')
  untilOn: string;

  /** How many there have been of this occurrence, with this one. */
  @Column('integer')
  number: number;

  @ForeignKey('app_user', { name: 'fk_snooze_person' })
  @Column('uuid')
  snoozedById: string;

  @Column('timestamptz')
  createdAt: Date;

  /** When it was over: its day had passed, somebody cancelled it, or another occurrence began. */
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_snooze_canceller' })
  @Column('uuid', { nullable: true })
  cancelledById: string | null;
}
