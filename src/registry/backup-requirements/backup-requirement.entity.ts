import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BackupFinding } from '../../core/backup/check-requirement';

export const BACKUP_REQUIREMENT_STATUSES = ['DRAFT', 'APPROVED'] as const;
export type BackupRequirementStatus = (typeof BACKUP_REQUIREMENT_STATUSES)[number];

/** One stored copy that a requirement asks for. */
export interface BackupCopy {
  site: string;
  medium: string;
  offsite: boolean;
  offline: boolean;
  immutable: boolean;
  encrypted: boolean;
  /** The account or network it is kept apart in; null when it shares that of the system. */
  account: string | null;
}

/** What must be saved of a system, how often, kept how long, in how many copies, where, protected how (バックアップ要件). */
@Entity('backup_requirement')
@Index('uq_backup_requirement_dataset', ['systemId', 'dataset'], { unique: true, where: 'withdrawn_on IS NULL' })
@Check('ck_backup_requirement_status', `status IN ('DRAFT','APPROVED')`)
@Check('ck_backup_requirement_minutes', 'interval_minutes > 0 AND rpo_minutes > 0')
@Check('ck_backup_requirement_interval', 'interval_minutes <= rpo_minutes')
@Check('ck_backup_requirement_generations', 'generations > 0')
@Check('ck_backup_requirement_follows', 'profile_id IS NOT NULL OR NOT follows_profile')
@Index('ix_backup_requirement_profile', ['profileId'], { where: 'profile_id IS NOT NULL' })
@Check('ck_backup_requirement_approver', 'approved_by_id <> author_id')
@Check('ck_backup_requirement_writers', 'approved_by_id <> ALL (writer_ids)')
export class BackupRequirement {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_backup_requirement_system')
  @ForeignKey('system', { name: 'fk_backup_requirement_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  dataset: string;

  @Column('text')
  method: string;

  @Column('integer')
  intervalMinutes: number;

  /** ISO 8601 calendar period, such as P35D or P1Y. */
  @Column('text')
  retention: string;

  /** How many backups are kept at least; null when the retention alone decides. */
  @Column('integer', { nullable: true })
  generations: number | null;

  @Column('integer')
  rpoMinutes: number;

  /** ISO 8601 calendar period; null when the policy alone decides. */
  @Column('text', { nullable: true })
  verificationCadence: string | null;

  @Column('text', { nullable: true })
  restoreTestCadence: string | null;

  @Column('jsonb')
  copies: BackupCopy[];

  /** The profile that it came from. */
  @ForeignKey('backup_profile', { name: 'fk_backup_requirement_profile' })
  @Column('uuid', { nullable: true })
  profileId: string | null;

  /** Whether its terms are those of the profile, and change with them; else they are its own. */
  @Column('boolean', { default: false })
  followsProfile: boolean;

  @Column('text')
  status: BackupRequirementStatus;

  @ForeignKey('app_user', { name: 'fk_backup_requirement_author' })
  @Column('uuid')
  authorId: string;

  /** Everybody who has written it since it was last approved. */
  @Column('uuid', { array: true, default: '{}' })
  writerIds: string[];

  @ForeignKey('app_user', { name: 'fk_backup_requirement_approver' })
  @Column('uuid', { nullable: true })
  approvedById: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt: Date | null;

  @Column('date')
  declaredOn: string;

  @Column('date', { nullable: true })
  changedOn: string | null;

  @Column('date', { nullable: true })
  withdrawnOn: string | null;

  /** Where it falls short of the policy in force; kept by the ledger, with the obligations. */
  @Column('jsonb', { default: '[]' })
  findings: BackupFinding[];

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
