import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ObligationState } from '../core/obligation/obligation';

/** One change of state of one obligation, with what caused it. Append-only. */
@Entity('obligation_transition')
@Index('ix_transition_obligation', ['obligationId', 'at', 'id'])
export class ObligationTransition {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('obligation', { name: 'fk_transition_obligation', onDelete: 'CASCADE' })
  @Column('uuid')
  obligationId: string;

  /** Null for the first state of a new duty. */
  @Column('text', { nullable: true })
  fromState: ObligationState | null;

  @Column('text')
  toState: ObligationState;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { nullable: true })
  evidenceId: string | null;
}
