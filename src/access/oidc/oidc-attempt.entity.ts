import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in that is on its way to the provider and back; the browser holds the key in a cookie. Used once. */
@Entity('oidc_attempt')
export class OidcAttempt {
  /** SHA-256 of the cookie. */
  @PrimaryColumn('text')
  keyHash: string;

  @Column('text')
  state: string;

  @Column('text')
  nonce: string;

  /** PKCE. */
  @Column('text')
  codeVerifier: string;

  /** The page to go to afterwards. */
  @Column('text')
  returnTo: string;

  @Index('ix_oidc_attempt_expires')
  @Column('timestamptz')
  expiresAt: Date;
}
