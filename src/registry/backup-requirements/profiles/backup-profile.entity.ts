import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BackupCopy } from '../backup-requirement.entity';

/** Terms of backups under a name, for many systems of an organisation and of those below it (バックアップの型). */
@Entity('backup_profile')
@Index('uq_backup_profile_name', ['organisationId', 'name'], { unique: true, where: 'retired_on IS NULL' })
@Check('ck_backup_profile_minutes', 'interval_minutes > 0 AND rpo_minutes > 0')
@Check('ck_backup_profile_interval', 'interval_minutes <= rpo_minutes')
@Check('ck_backup_profile_generations', 'generations > 0')
export class BackupProfile {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_backup_profile_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  name: string;

  @Column('text')
  method: string;

  @Column('integer')
  intervalMinutes: number;

  @Column('text')
  retention: string;

  @Column('integer', { nullable: true })
  generations: number | null;

  @Column('integer')
  rpoMinutes: number;

  @Column('jsonb')
  copies: BackupCopy[];

  @Column('text', { nullable: true })
  verificationCadence: string | null;

  @Column('text', { nullable: true })
  restoreTestCadence: string | null;

  /** The day from which nothing follows it any more. */
  @Column('date', { nullable: true })
  retiredOn: string | null;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
