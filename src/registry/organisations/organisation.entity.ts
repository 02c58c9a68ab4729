import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

export const ORGANISATION_KINDS = ['MINISTRY', 'AGENCY', 'BUREAU', 'DIVISION'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A node of the organisation tree: ministry, supervised agency, bureau, division. */
@Entity('organisation')
@Unique('uq_organisation_code', ['code'])
@Check('ck_organisation_kind', `kind IN ('MINISTRY','AGENCY','BUREAU','DIVISION')`)
@Check('ck_organisation_not_own_parent', 'parent_id <> id')
export class Organisation {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  nameEn: string | null;

  @Column('text')
  kind: OrganisationKind;

  @Index('ix_organisation_parent')
  @ForeignKey('organisation', { name: 'fk_organisation_parent' })
  @Column('uuid', { nullable: true })
  parentId: string | null;

  /** Of an agency: whether roles above it reach what is inside. Its own administrator decides. */
  @Column('boolean', { default: true })
  sharesDetails: boolean;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
