import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export type ChallengePurpose = 'REGISTRATION' | 'SECOND_FACTOR' | 'SIGN_IN';

/** What a passkey has been asked to sign. Used once. */
@Entity('passkey_challenge')
@Check('ck_passkey_challenge_purpose', `purpose IN ('REGISTRATION','SECOND_FACTOR','SIGN_IN')`)
export class PasskeyChallenge {
  /** Random, in base64url. */
  @PrimaryColumn('text')
  challenge: string;

  /** The session that asked; null for who is not signed in. */
  @Index('ix_passkey_challenge_session')
  @ForeignKey('user_session', { name: 'fk_passkey_challenge_session', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  @Column('text')
  purpose: ChallengePurpose;

  @Index('ix_passkey_challenge_expires')
  @Column('timestamptz')
  expiresAt: Date;
}
