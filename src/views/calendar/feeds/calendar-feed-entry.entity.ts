import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What a feed last told of one entry: what has changed since then gets a higher sequence, what is missing is told as cancelled. */
@Entity('calendar_feed_entry')
export class CalendarFeedEntry {
  @ForeignKey('calendar_feed', { name: 'fk_calendar_feed_entry_feed', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  feedId: string;

  @PrimaryColumn('text')
  uid: string;

  /** The entry as JSON; text, since it is only compared. */
  @Column('text')
  content: string;

  @Column('integer')
  sequence: number;

  @Column('timestamptz')
  changedAt: Date;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
