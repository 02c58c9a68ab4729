import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ObligationState } from '../core/obligation/obligation';

/**
 * One change of state of one obligation. Append-only; it outlives an obligation that is no longer owed, so it names the
 * duty and not only the row.
 */
@Entity('obligation_transition')
@Index('ix_transition_obligation', ['obligationId', 'at', 'id'])
@Index('ix_transition_at', ['at', 'systemId'])
@Index('ix_transition_system', ['systemId', 'at', 'id'])
export class ObligationTransition {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  obligationId: string;

  @ForeignKey('system', { name: 'fk_transition_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  @Column('text')
  ruleKey: string;

  @Column('uuid')
  dutyOf: string;

  /** Null for the first state of a new duty. */
  @Column('text', { nullable: true })
  fromState: ObligationState | null;

  /** Null when the duty is no longer owed. */
  @Column('text', { nullable: true })
  toState: ObligationState | null;

  @Column('timestamptz')
  at: Date;

  /** The proof that it rests on since. */
  @Column('uuid', { nullable: true })
  evidenceId: string | null;

  /** The same where the change is that it rests on that proof now; null where time or a person made it. */
  @Column('uuid', { nullable: true })
  turnedById: string | null;
}
