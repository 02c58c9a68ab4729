import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Tier } from '../core/importance/tier';

/**
 * Systems and obligations by organisation, tier, lifecycle and verdict. Kept by a statement trigger on `system_readiness`
 * (docs/adr/0007); nothing else writes it.
 */
@Entity('readiness_count')
export class ReadinessCount {
  @PrimaryColumn('uuid')
  organisationId: string;

  @PrimaryColumn('text')
  tier: Tier;

  @PrimaryColumn('text')
  lifecycle: string;

  /** The verdict, or '-' for systems without one. */
  @PrimaryColumn('text')
  verdict: string;

  @Column('bigint')
  systems: string;

  @Column('bigint')
  applicable: string;

  @Column('bigint')
  met: string;

  @Column('bigint')
  dueSoon: string;

  @Column('bigint')
  overdue: string;

  @Column('bigint')
  failed: string;

  @Column('bigint')
  unknown: string;

  @Column('bigint')
  waived: string;
}
