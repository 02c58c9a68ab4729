import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Somebody who is booked for a drill. */
@Entity('drill_participant')
export class DrillParticipant {
  @ForeignKey('drill', { name: 'fk_drill_participant_drill' })
  @PrimaryColumn('uuid')
  drillId: string;

  @Index('ix_drill_participant_user')
  @ForeignKey('app_user', { name: 'fk_drill_participant_user' })
  @PrimaryColumn('uuid')
  userId: string;

  /** What they do in it. */
  @Column('text', { nullable: true })
  part: string | null;

  /** When they confirmed that they take part; another time asks them anew. */
  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;
}
