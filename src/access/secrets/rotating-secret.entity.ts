import { Column } from 'typeorm';

/**
 * The columns of a table whose rows are opened by a secret: its hash, the one before it for as long as both are valid, and when it was used.
 * The table adds a unique index on each hash.
 */
export abstract class RotatingSecret {
  @Column('text')
  secretHash: string;

  /** The beginning of the secret, to tell it from others. */
  @Column('text')
  secretHint: string;

  /** The secret before the last rotation, until `previousUntil`. */
  @Column('text', { nullable: true })
  previousHash: string | null;

  @Column('timestamptz', { nullable: true })
  previousUntil: Date | null;

  @Column('timestamptz')
  expiresAt: Date;

  /** Written at most once a minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;

  @Column('text', { nullable: true })
  lastUsedAddress: string | null;
}
