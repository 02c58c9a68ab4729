import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Whose account a subject of a provider is. */
@Entity('oidc_identity')
export class OidcIdentity {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  subject: string;

  @Index('ix_oidc_identity_user')
  @ForeignKey('app_user', { name: 'fk_oidc_identity_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('timestamptz')
  linkedAt: Date;
}
