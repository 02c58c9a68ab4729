import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Marks a role as given by a group of the provider: it goes when the group is gone. Roles given by hand have no mark. */
@Entity('oidc_mapped_role')
export class MappedRole {
  @ForeignKey('role_assignment', { name: 'fk_oidc_mapped_role_assignment', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  assignmentId: string;
}
