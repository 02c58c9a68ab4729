import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When each clock-driven job last came to its end. */
@Entity('heartbeat')
export class Heartbeat {
  @PrimaryColumn('text')
  name: string;

  @Column('timestamptz')
  lastRanAt: Date;

  @Column('integer')
  durationMs: number;
}
