import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

export const ROLES = ['ADMIN', 'CISO_OFFICE', 'MANAGER', 'OWNER', 'BACKUP_OPERATOR', 'CONTRIBUTOR', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/** A role of a person on an organisation and everything below it. */
@Entity('role_assignment')
@Unique('uq_role_assignment', ['userId', 'role', 'organisationId'])
@Check(
  'ck_role_assignment_role',
  `role IN ('ADMIN','CISO_OFFICE','MANAGER','OWNER','BACKUP_OPERATOR','CONTRIBUTOR','AUDITOR')`,
)
export class RoleAssignment {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('app_user', { name: 'fk_role_assignment_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('text')
  role: Role;

  @Index('ix_role_assignment_organisation')
  @ForeignKey('organisation', { name: 'fk_role_assignment_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
