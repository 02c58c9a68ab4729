import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in that has not succeeded; several processes count them together. Rows older than the window mean nothing. */
@Entity('sign_in_attempt')
@Index('ix_sign_in_attempt_key', ['key', 'at'])
export class SignInAttempt {
  @PrimaryColumn('uuid')
  id: string;

  /** SHA-256 of address and account: people mistype passwords into the wrong field. */
  @Column('text')
  key: string;

  @Index('ix_sign_in_attempt_at')
  @Column('timestamptz')
  at: Date;
}
