import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A code on paper for who has lost the second factor. Counts once. */
@Entity('recovery_code')
@Unique('uq_recovery_code', ['userId', 'codeHash'])
export class RecoveryCode {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('app_user', { name: 'fk_recovery_code_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('text')
  codeHash: string;

  @Column('timestamptz')
  madeAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;
}
