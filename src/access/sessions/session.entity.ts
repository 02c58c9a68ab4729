import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** How a person proved who they are when the session began. */
export const SIGN_IN_METHODS = ['PASSWORD', 'PASSKEY', 'OIDC'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** How far: the second factor is still to come, or was not needed, or has been shown. */
export type SessionStage = 'FACTOR_NEEDED' | 'ONE_FACTOR' | 'TWO_FACTORS';

/** A signed-in browser. Only the SHA-256 of the cookie's random value is kept. */
@Entity('user_session')
@Check('ck_user_session_method', `method IN ('PASSWORD','PASSKEY','OIDC')`)
@Check('ck_user_session_stage', `stage IN ('FACTOR_NEEDED','ONE_FACTOR','TWO_FACTORS')`)
export class Session {
  @PrimaryColumn('uuid')
  id: string;

  @Index('uq_user_session_token', { unique: true })
  @Column('text')
  tokenHash: string;

  @Index('ix_user_session_user')
  @ForeignKey('app_user', { name: 'fk_user_session_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('text', { default: 'PASSWORD' })
  method: SignInMethod;

  @Column('text', { default: 'ONE_FACTOR' })
  stage: SessionStage;

  /** When the person last proved who they are in it: by signing in, or anew before a change of factors. */
  @Column('timestamptz', { default: () => 'now()' })
  provedAt: Date;

  /** Where the sign-in came from, so that its person recognises it. */
  @Column('text', { nullable: true })
  address: string | null;

  /** Browser and operating system, such as `Firefox, Windows`; the rest of the header is not kept. */
  @Column('text', { nullable: true })
  browser: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastUsedAt: Date;

  @Index('ix_user_session_expires')
  @Column('timestamptz')
  expiresAt: Date;
}
