import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { StepStatus } from '../../../../core/drill/drill-steps';

/** A step of a run, copied from the procedure when the run was opened, with who did it when. */
@Entity('drill_run_step')
@Check('ck_drill_run_step_status', `status IN ('PENDING','STARTED','FINISHED','SKIPPED')`)
@Check(
  'ck_drill_run_step_ended',
  `(status IN ('FINISHED','SKIPPED')) = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL)
   AND (status = 'SKIPPED') = (skip_reason IS NOT NULL)`,
)
export class RunStep {
  @ForeignKey('drill_run', { name: 'fk_drill_run_step_run' })
  @PrimaryColumn('uuid')
  runId: string;

  @PrimaryColumn('text')
  key: string;

  @Column('integer')
  position: number;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  role: string | null;

  @Column('text', { nullable: true })
  instructions: string | null;

  @Column('text', { nullable: true })
  location: string | null;

  @Column('integer', { nullable: true })
  plannedMinutes: number | null;

  /** Keys of the steps that have to be finished before. */
  @Column('jsonb', { default: [] })
  waitsFor: string[];

  @Column('text', { default: 'PENDING' })
  status: StepStatus;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_drill_run_step_starter' })
  @Column('uuid', { nullable: true })
  startedById: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_drill_run_step_ender' })
  @Column('uuid', { nullable: true })
  endedById: string | null;

  @Column('text', { nullable: true })
  skipReason: string | null;
}
