import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A key pair that a person's device or security key holds for us (WebAuthn); we keep the public half. */
@Entity('passkey')
@Unique('uq_passkey_credential', ['credentialId'])
export class Passkey {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_passkey_user')
  @ForeignKey('app_user', { name: 'fk_passkey_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  /** What the device knows it by, in base64url. */
  @Column('text')
  credentialId: string;

  /** COSE, in base64url. */
  @Column('text')
  publicKey: string;

  /** How often the device says it has signed; one that goes back is a copy. 0 for devices that do not count. */
  @Column('bigint')
  counter: string;

  @Column('text', { array: true })
  transports: string[];

  @Column('text')
  name: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}
