import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An address from which an account has been signed in to; attempts from there are not slowed down by what others try elsewhere. */
@Entity('sign_in_place')
export class SignInPlace {
  /** SHA-256 of address and account. */
  @PrimaryColumn('text')
  key: string;

  @Index('ix_sign_in_place_at')
  @Column('timestamptz')
  at: Date;
}
