import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * Every (ancestor, organisation) pair of the tree, itself included at depth 0. A scope is one join on it. Kept by a trigger on
 * `organisation`, which also refuses a cycle.
 */
@Entity('organisation_closure')
export class OrganisationClosure {
  @ForeignKey('organisation', { name: 'fk_closure_ancestor' })
  @PrimaryColumn('uuid')
  ancestorId: string;

  @Index('ix_closure_organisation')
  @ForeignKey('organisation', { name: 'fk_closure_organisation' })
  @PrimaryColumn('uuid')
  organisationId: string;

  @Column('integer')
  depth: number;

  /** Whether a role on the ancestor reaches what is inside: no agency that keeps its details to itself lies between. Kept by a trigger. */
  @Column('boolean', { default: true })
  detailsOpen: boolean;
}
