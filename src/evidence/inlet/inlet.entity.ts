import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { KeptOutcome } from '../../core/evidence/evidence';
import type { InletState } from '../../core/inlet/judge-inlet';
import type { Reason } from '../../core/readiness/reason';

export const SCHEDULE_KINDS = ['INTERVAL', 'CRON', 'CALENDAR'] as const;
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

/** Where one tool reports what it did for one backup requirement (受信口): an address that is a secret, and when reports are expected. */
@Entity('inlet')
@Index('uq_inlet_secret', ['secretHash'], { unique: true })
@Index('uq_inlet_previous', ['previousHash'], { unique: true })
@Index('uq_inlet_name', ['backupRequirementId', 'name'], { unique: true, where: 'revoked_at IS NULL' })
@Index('ix_inlet_attention', ['attentionAt'], { where: 'attention_at IS NOT NULL AND revoked_at IS NULL' })
@Index('ix_inlet_unsized', ['lastGoodAt'], {
  where: 'last_good_at IS DISTINCT FROM sized_run_at AND revoked_at IS NULL',
})
@Index('ix_inlet_untold', ['since'], {
  where: `state IN ('MISSED','STUCK','FAILING','UNUSUAL') AND revoked_at IS NULL AND told_fault_at IS DISTINCT FROM since`,
})
@Check('ck_inlet_schedule', `schedule_kind IN ('INTERVAL','CRON','CALENDAR')`)
@Check('ck_inlet_grace', 'grace_minutes > 0')
@Check('ck_inlet_state', `state IN ('WAITING','ON_TIME','RUNNING','LATE','MISSED','STUCK','FAILING','UNUSUAL')`)
@Check('ck_inlet_previous', '(previous_hash IS NULL) = (previous_until IS NULL)')
export class Inlet {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('backup_requirement', { name: 'fk_inlet_requirement' })
  @Column('uuid')
  backupRequirementId: string;

  @Index('ix_inlet_system')
  @ForeignKey('system', { name: 'fk_inlet_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  name: string;

  /** The tool that reports; recognised by what it says when null. */
  @Column('text', { nullable: true })
  tool: string | null;

  /** IANA zone of the schedule, and of local times that the tool prints. */
  @Column('text')
  timeZone: string;

  @Column('text')
  scheduleKind: ScheduleKind;

  @Column('text')
  schedule: string;

  @Column('integer')
  graceMinutes: number;

  /** The site of the declared copy that it reports of; null for no one in particular. */
  @Column('text', { nullable: true })
  copySite: string | null;

  /** Of what is reported counts only what has one of these names; all of it when there are none. */
  @Column('text', { array: true, default: '{}' })
  ownNames: string[];

  /** How generic JSON is read. */
  @Column('jsonb', { nullable: true })
  mapping: Record<string, unknown> | null;

  @Column('text')
  secretHash: string;

  @Column('text')
  secretHint: string;

  @Column('text', { nullable: true })
  previousHash: string | null;

  @Column('timestamptz', { nullable: true })
  previousUntil: Date | null;

  @ForeignKey('app_user', { name: 'fk_inlet_creator' })
  @Column('uuid')
  createdById: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Grows with what people change, not with what comes in. */
  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  firstSignalAt: Date | null;

  @Column('timestamptz', { nullable: true })
  lastSignalAt: Date | null;

  /** Of the newest run that has ended, and when it began. */
  @Column('text', { nullable: true })
  lastOutcome: KeptOutcome | null;

  @Column('timestamptz', { nullable: true })
  lastRunAt: Date | null;

  /** When the newest run that passed began: the next is expected after it. */
  @Column('timestamptz', { nullable: true })
  lastGoodAt: Date | null;

  /** The run that has begun and not ended. */
  @Column('timestamptz', { nullable: true })
  runningStartedAt: Date | null;

  @Column('text', { nullable: true })
  runningRunId: string | null;

  /** Messages refused since the last that was accepted, and why the last one was. */
  @Column('integer', { default: 0 })
  refused: number;

  @Column('timestamptz', { nullable: true })
  lastRefusedAt: Date | null;

  @Column('text', { nullable: true })
  lastRefusal: string | null;

  /** The newest recovery point that has been told of. */
  @Column('timestamptz', { nullable: true })
  newestPointAt: Date | null;

  /** What a list of the store last said that is not there any more; null once it is, or a newer point is. */
  @Column('jsonb', { nullable: true })
  lost: Reason | null;

  /** In what the newest backup is out of the ordinary; null when it is not. */
  @Column('jsonb', { nullable: true })
  unusual: Reason | null;

  /** The `lastGoodAt` that `unusual` was judged for. */
  @Column('timestamptz', { nullable: true })
  sizedRunAt: Date | null;

  /** When the backup began whose size a person has said is right: those from before are no measure. */
  @Column('timestamptz', { nullable: true })
  sizeLevelAt: Date | null;

  @Column('text', { default: 'WAITING' })
  state: InletState;

  @Column('jsonb')
  reason: Reason;

  @Column('timestamptz')
  since: Date;

  /** The `since` of the fault that people have last been told of: each is told once. */
  @Column('timestamptz', { nullable: true })
  toldFaultAt: Date | null;

  @Column('timestamptz', { nullable: true })
  nextDueAt: Date | null;

  @Column('timestamptz', { nullable: true })
  attentionAt: Date | null;
}
