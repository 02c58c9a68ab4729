import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RefusalWhy } from './reading/refused';

export const DISPOSITIONS = ['ACCEPTED', 'ACCEPTED_NO_RECORDS', 'REFUSED'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** One message to an inlet (受信), whatever became of it. The bytes are in `raw_payload`, once for however many messages. */
@Entity('submission')
@Index('ix_submission_inlet', ['inletId', 'receivedAt', 'id'])
@Check('ck_submission_disposition', `disposition IN ('ACCEPTED','ACCEPTED_NO_RECORDS','REFUSED')`)
@Check('ck_submission_refusal', `(disposition = 'REFUSED') = (refusal IS NOT NULL)`)
export class Submission {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('inlet', { name: 'fk_submission_inlet' })
  @Column('uuid')
  inletId: string;

  @Column('timestamptz')
  receivedAt: Date;

  @Column('text')
  address: string;

  @Column('text', { nullable: true })
  mediaType: string | null;

  /** Of the bytes as they were received. */
  @Index('ix_submission_raw')
  @Column('text')
  rawSha256: string;

  @Column('integer')
  length: number;

  @Column('text')
  disposition: Disposition;

  /** Why it was refused, as a stable code. */
  @Column('text', { nullable: true })
  refusal: string | null;

  /** What was wrong in particular, in no language. */
  @Column('jsonb', { nullable: true })
  refusalWhy: RefusalWhy | null;

  @Column('text', { nullable: true })
  tool: string | null;

  @Column('text', { nullable: true })
  command: string | null;

  @Column('integer', { nullable: true })
  exitCode: number | null;

  @Column('jsonb')
  flags: string[];
}
