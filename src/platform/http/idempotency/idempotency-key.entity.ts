import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer to a POST that carried an `Idempotency-Key`; the same key again gets the same answer. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn('uuid')
  userId: string;

  @PrimaryColumn('text')
  key: string;

  /** SHA-256 of method, path and body: the same key for another request is refused. */
  @Column('text')
  requestHash: string;

  /** Null while the first request is still being answered. */
  @Column('integer', { nullable: true })
  status: number | null;

  @Column('jsonb', { nullable: true })
  response: unknown;

  @Index('ix_idempotency_key_created')
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
