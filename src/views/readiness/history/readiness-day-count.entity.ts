import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Tier } from '../../../core/importance/tier';

/** What `readiness_count` said at the end of a day, with the policies the systems were judged by. Added with its day, never changed. */
@Entity('readiness_day_count')
export class ReadinessDayCount {
  @ForeignKey('readiness_day', { name: 'fk_readiness_day_count_day' })
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_readiness_day_count' })
  dayOn: string;

  @ForeignKey('organisation', { name: 'fk_readiness_day_count_organisation' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_readiness_day_count' })
  organisationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_readiness_day_count' })
  tier: Tier;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_readiness_day_count' })
  lifecycle: string;

  /** The verdict, or '-' for systems without one. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_readiness_day_count' })
  verdict: string;

  /** The versions of policies that were in force for these systems. */
  @Column('uuid', { array: true })
  policyIds: string[];

  @Column('integer')
  systems: number;

  @Column('integer')
  applicable: number;

  @Column('integer')
  met: number;

  @Column('integer')
  dueSoon: number;

  @Column('integer')
  overdue: number;

  @Column('integer')
  failed: number;

  @Column('integer')
  unknown: number;

  @Column('integer')
  waived: number;
}
