import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A civil day of the installation whose readiness is frozen (docs/adr/0040). Added once, never changed. */
@Entity('readiness_day')
export class ReadinessDay {
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_readiness_day' })
  dayOn: string;

  @Column('timestamptz')
  frozenAt: Date;

  /** Whether it was missed and derived afterwards, as of its end. */
  @Column('boolean')
  madeUp: boolean;
}
