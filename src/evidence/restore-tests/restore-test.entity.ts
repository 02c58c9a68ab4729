import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { RestoreCheck } from '../../core/evidence/restore-checks';

/** What a proof of a restore test (復元試験) rests on. Never edited: its evidence is superseded. */
@Entity('restore_test')
@Unique('uq_restore_test_evidence', ['evidenceId'])
@Check('ck_restore_test_times', 'finished_at >= started_at')
@Index('ix_restore_test_system', ['systemId', 'finishedAt', 'id'])
export class RestoreTest {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('evidence', { name: 'fk_restore_test_evidence' })
  @Column('uuid')
  evidenceId: string;

  @ForeignKey('system', { name: 'fk_restore_test_system' })
  @Column('uuid')
  systemId: string;

  /** What was restored. */
  @Column('text')
  restored: string;

  /** From which copy. */
  @Column('text')
  fromCopy: string;

  @Column('timestamptz')
  startedAt: Date;

  @Column('timestamptz')
  finishedAt: Date;

  @Column('jsonb', { default: [] })
  checks: RestoreCheck[];
}
