import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DrillReadiness } from '../../../core/drill/drill-readiness';
import type { Outcome } from '../../../core/evidence/evidence';

/** PREPARING: open, the clock has not begun. COMPLETED: over, nobody has attested it. ABANDONED: over, and proves nothing. */
export const RUN_STATUSES = ['PREPARING', 'RUNNING', 'COMPLETED', 'ATTESTED', 'ABANDONED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Somebody who was booked for a run, and whether they had confirmed by then. */
export interface BookedForRun {
  userId: string;
  part: string | null;
  acknowledgedAt: string | null;
}

/** One run of a drill, or of a real outage, with a clock. Frozen once somebody else than who ran it has attested it. */
@Entity('drill_run')
@Check('ck_drill_run_status', `status IN ('PREPARING','RUNNING','COMPLETED','ATTESTED','ABANDONED')`)
@Check(
  'ck_drill_run_started',
  `(started_at IS NULL) = (started_by_id IS NULL) AND (status <> 'PREPARING' OR started_at IS NULL)
   AND (status NOT IN ('RUNNING','COMPLETED','ATTESTED') OR started_at IS NOT NULL)`,
)
@Check('ck_drill_run_paused', `paused_at IS NULL OR status = 'RUNNING'`)
@Check(
  'ck_drill_run_completed',
  `status NOT IN ('COMPLETED','ATTESTED') OR (finished_at >= started_at AND completed_by_id IS NOT NULL AND claimed IS NOT NULL)`,
)
@Check('ck_drill_run_claimed', `claimed IN ('PASSED','PARTIAL','FAILED')`)
@Check('ck_drill_run_recovery_point', 'recovery_point_at <= started_at')
@Check(
  'ck_drill_run_attested',
  `(status = 'ATTESTED') = (attested_by_id IS NOT NULL) AND (status = 'ATTESTED') = (attested_at IS NOT NULL)
   AND (status = 'ATTESTED') = (report_sha256 IS NOT NULL)`,
)
@Check('ck_drill_run_attester', 'attested_by_id <> started_by_id AND attested_by_id <> completed_by_id')
@Index('uq_drill_run_open', ['drillId'], { unique: true, where: `status IN ('PREPARING','RUNNING','COMPLETED')` })
@Index('ix_drill_run_drill', ['drillId', 'openedAt'])
@Index('ix_drill_run_warn', ['warnAt'], { where: 'warn_at IS NOT NULL' })
@Index('ix_drill_run_chase', ['chaseAt'], { where: 'chase_at IS NOT NULL' })
export class DrillRun {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('drill', { name: 'fk_drill_run_drill' })
  @Column('uuid')
  drillId: string;

  @Index('ix_drill_run_system')
  @ForeignKey('system', { name: 'fk_drill_run_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  status: RunStatus;

  @Column('timestamptz')
  openedAt: Date;

  /** Null when it was opened at its time by the service. */
  @ForeignKey('app_user', { name: 'fk_drill_run_opener' })
  @Column('uuid', { nullable: true })
  openedById: string | null;

  /** What was there and what was missing when it was opened, and from then on when the clock began. */
  @Column('jsonb', { default: [] })
  readiness: DrillReadiness[];

  /** Who was booked when it was opened. */
  @Column('jsonb', { default: [] })
  participants: BookedForRun[];

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_drill_run_starter' })
  @Column('uuid', { nullable: true })
  startedById: string | null;

  @Column('timestamptz', { nullable: true })
  pausedAt: Date | null;

  /** How long it was paused before the present pause. */
  @Column('integer', { default: 0 })
  pausedSeconds: number;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  /** The instant that the restored data stood at. */
  @Column('timestamptz', { nullable: true })
  recoveryPointAt: Date | null;

  /** The value that the check gave. */
  @Column('text', { nullable: true })
  checkObserved: string | null;

  /** Whether that is what the check asks for, as who completed it says; null where none was named or nobody has said. */
  @Column('boolean', { nullable: true })
  checkHeld: boolean | null;

  /** What those who ran it say; the check and the RTO may say otherwise. */
  @Column('text', { nullable: true })
  claimed: Outcome | null;

  @Column('text', { nullable: true })
  note: string | null;

  @ForeignKey('app_user', { name: 'fk_drill_run_completer' })
  @Column('uuid', { nullable: true })
  completedById: string | null;

  /** Why it was abandoned. */
  @Column('text', { nullable: true })
  endReason: string | null;

  @ForeignKey('app_user', { name: 'fk_drill_run_attester' })
  @Column('uuid', { nullable: true })
  attestedById: string | null;

  @Column('timestamptz', { nullable: true })
  attestedAt: Date | null;

  @ForeignKey('evidence', { name: 'fk_drill_run_evidence' })
  @Column('uuid', { nullable: true })
  evidenceId: string | null;

  /** All that is known of it, as it was attested. */
  @Column('jsonb', { nullable: true })
  report: Record<string, unknown> | null;

  /** SHA-256 over the canonical JSON of the report. */
  @Column('text', { nullable: true })
  reportSha256: string | null;

  /** When the planned end passes. */
  @Column('timestamptz', { nullable: true })
  warnAt: Date | null;

  /** When it is next asked why it is still open. */
  @Column('timestamptz', { nullable: true })
  chaseAt: Date | null;
}
