import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../../role-assignment.entity';

/** Members of a group at the provider have this role there. */
@Entity('oidc_group_mapping')
@Unique('uq_oidc_group_mapping', ['groupName', 'role', 'organisationId'])
export class GroupMapping {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  groupName: string;

  @Column('text')
  role: Role;

  @Index('ix_oidc_group_mapping_organisation')
  @ForeignKey('organisation', { name: 'fk_oidc_group_mapping_organisation', onDelete: 'CASCADE' })
  @Column('uuid')
  organisationId: string;
}
