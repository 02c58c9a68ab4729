import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DrillType } from '../../core/evidence/evidence';

/** A real outage is recorded like a drill that nobody planned. */
export const DRILL_KINDS = ['DRILL', 'OUTAGE'] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

/** UNDER_WAY: it has a run that is open; HELD: that run has been attested. */
export const DRILL_STATUSES = ['PLANNED', 'UNDER_WAY', 'HELD', 'CANCELLED'] as const;
export type DrillStatus = (typeof DRILL_STATUSES)[number];

export const RECURRENCES = ['ONCE', 'BY_POLICY'] as const;
export type Recurrence = (typeof RECURRENCES)[number];

/** How recovery times are counted against the RTO: round the clock, or while the service is supported. */
export const TIME_BASES = ['ELAPSED', 'SUPPORT_HOURS'] as const;
export type TimeBasis = (typeof TIME_BASES)[number];

/** A planned drill (訓練) of a system, or a real outage. It proves nothing: only the evidence of an attested run does. */
@Entity('drill')
@Check('ck_drill_kind', `kind IN ('DRILL','OUTAGE') AND (kind = 'OUTAGE') = (type IS NULL)`)
@Check('ck_drill_type', `type IN ('TABLETOP','FUNCTIONAL','FULL_SCALE','NOTIFICATION')`)
@Check('ck_drill_status', `status IN ('PLANNED','UNDER_WAY','HELD','CANCELLED')`)
@Check('ck_drill_recurrence', `recurrence IN ('ONCE','BY_POLICY')`)
@Check('ck_drill_time_basis', `time_basis IN ('ELAPSED','SUPPORT_HOURS')`)
@Check('ck_drill_planned_minutes', 'planned_minutes > 0')
@Check(
  'ck_drill_cancelled',
  `(status = 'CANCELLED') = (cancelled_by_id IS NOT NULL) AND (status = 'CANCELLED') = (cancel_reason IS NOT NULL)`,
)
@Index('ix_drill_system', ['systemId', 'scheduledAt'])
@Index('ix_drill_listed', ['scheduledAt', 'id'])
@Index('ix_drill_due', ['scheduledAt'], { where: `status = 'PLANNED'` })
export class Drill {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_drill_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  kind: DrillKind;

  @Column('text', { nullable: true })
  type: DrillType | null;

  @Column('text')
  title: string;

  /** When it is to begin; of an outage when it began. */
  @Column('timestamptz')
  scheduledAt: Date;

  @Column('integer')
  plannedMinutes: number;

  @Column('text', { default: 'ONCE' })
  recurrence: Recurrence;

  @Column('text', { default: 'ELAPSED' })
  timeBasis: TimeBasis;

  @ForeignKey('procedure_version', { name: 'fk_drill_procedure_version' })
  @Column('uuid', { nullable: true })
  procedureVersionId: string | null;

  /** The steps of that version that are drilled; null for all of them. */
  @Column('jsonb', { nullable: true })
  stepKeys: string[] | null;

  /** The check that would fail if the data were stale, with the value that is expected. */
  @Column('text', { nullable: true })
  checkExpected: string | null;

  @Column('text', { default: 'PLANNED' })
  status: DrillStatus;

  @Column('text', { nullable: true })
  cancelReason: string | null;

  @ForeignKey('app_user', { name: 'fk_drill_canceller' })
  @Column('uuid', { nullable: true })
  cancelledById: string | null;

  @ForeignKey('app_user', { name: 'fk_drill_planner' })
  @Column('uuid')
  plannedById: string;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz')
  createdAt: Date;
}
