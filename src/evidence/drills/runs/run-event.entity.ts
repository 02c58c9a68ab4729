import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Everything that can happen in a run. */
export const RUN_EVENT_KINDS = [
  'OPENED',
  'BEGUN',
  'PAUSED',
  'RESUMED',
  'STEP_STARTED',
  'STEP_FINISHED',
  'STEP_SKIPPED',
  'NOTED',
  'OBSERVED',
  'PLANNED_END_PASSED',
  'LEFT_OPEN',
  'COMPLETED',
  'ABANDONED',
  'ATTESTED',
] as const;
export type RunEventKind = (typeof RUN_EVENT_KINDS)[number];

/** What happened in a run, numbered from 1 without gaps and never changed: the log that pages follow and the report keeps. */
@Entity('drill_run_event')
export class RunEvent {
  @ForeignKey('drill_run', { name: 'fk_drill_run_event_run' })
  @PrimaryColumn('uuid')
  runId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  kind: RunEventKind;

  /** Null for what the service noticed by itself. */
  @ForeignKey('app_user', { name: 'fk_drill_run_event_actor' })
  @Column('uuid', { nullable: true })
  actorId: string | null;

  @Column('text', { nullable: true })
  stepKey: string | null;

  /** A note, a reason, or an observed value. */
  @Column('text', { nullable: true })
  text: string | null;
}
