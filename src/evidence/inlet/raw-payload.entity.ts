import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was received, byte by byte, once for each digest. It is kept for as long as `RAW_DAYS` says, and never read by a machine again. */
@Entity('raw_payload')
export class RawPayload {
  @PrimaryColumn('text')
  sha256: string;

  @Column('bytea')
  bytes: Buffer;

  @Column('integer')
  length: number;

  /** When it last came in. */
  @Index('ix_raw_payload_kept')
  @Column('timestamptz')
  keptAt: Date;
}
