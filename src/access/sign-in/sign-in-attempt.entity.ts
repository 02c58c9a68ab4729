import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in that has not succeeded; several processes count them together. Rows older than the window mean nothing. */
@Entity('sign_in_attempt')
@Index('ix_sign_in_attempt_key', ['key', 'at'])
@Index('ix_sign_in_attempt_account', ['account', 'at'])
export class SignInAttempt {
  @PrimaryColumn('uuid')
  id: string;

  /** SHA-256 of address and account: people mistype passwords into the wrong field. */
  @Column('text')
  key: string;

  /** SHA-256 of the account alone. */
  @Column('text', { default: '' })
  account: string;

  @Index('ix_sign_in_attempt_at')
  @Column('timestamptz')
  at: Date;
}
