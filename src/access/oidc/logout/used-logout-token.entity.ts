import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A logout token that has been used, so that it is not used again while it is valid. */
@Entity('oidc_used_logout_token')
export class UsedLogoutToken {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  jti: string;

  @Index('ix_oidc_used_logout_token_expires')
  @Column('timestamptz')
  expiresAt: Date;
}
