import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The app of a person that shows a new code every 30 seconds (RFC 6238). Both secrets are base32, and answered only when they are made. */
@Entity('totp_factor')
@Check('ck_totp_factor_confirmed', '(secret IS NULL) = (confirmed_at IS NULL)')
export class TotpFactor {
  @ForeignKey('app_user', { name: 'fk_totp_factor_user', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  userId: string;

  /** Null until the person has shown that their app knows it. */
  @Column('text', { nullable: true })
  secret: string | null;

  /** A new one that has not been confirmed; the one before it counts until then. */
  @Column('text', { nullable: true })
  pendingSecret: string | null;

  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;

  /** Number of the 30 seconds whose code was used last: a code counts once. */
  @Column('bigint', { nullable: true })
  lastStep: string | null;
}
