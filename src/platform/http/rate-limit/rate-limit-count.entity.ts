import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Requests of one address, account or token in its present minute. The columns are those that rate-limiter-flexible writes, in its order. */
@Entity('rate_limit_count')
export class RateLimitCount {
  @PrimaryColumn('text')
  key: string;

  @Column('integer')
  points: number;

  /** When the minute is over, in milliseconds since 1970. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
