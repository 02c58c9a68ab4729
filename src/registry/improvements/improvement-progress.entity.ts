import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One report on an improvement item. Append-only. */
@Entity('improvement_progress')
@Check('ck_improvement_progress_percent', 'percent BETWEEN 0 AND 100')
@Index('ix_improvement_progress_item', ['itemId', 'at', 'id'])
export class ImprovementProgress {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('improvement_item', { name: 'fk_improvement_progress_item' })
  @Column('uuid')
  itemId: string;

  @Column('timestamptz')
  at: Date;

  @ForeignKey('app_user', { name: 'fk_improvement_progress_author' })
  @Column('uuid')
  authorId: string;

  @Column('text')
  text: string;

  /** How much is done; null when the report does not say. */
  @Column('integer', { nullable: true })
  percent: number | null;

  /** Where what it speaks of is to be seen. */
  @Column('text', { nullable: true })
  link: string | null;
}
