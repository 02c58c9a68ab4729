import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config';
import { Problem } from '../problem';
import { type Admission, LeasedLimit } from './leased-limit';
import { OutageProofCount } from './outage-proof-count';
import { openSharedCount, ownCount, type SharedCount, WINDOW_SECONDS } from './shared-count';

/** What requests are counted by. A request with a token counts for the token and not for the account. */
export type Counted = 'address' | 'sign-in' | 'secret' | 'account' | 'token' | 'inlet' | 'calendar';

/** How many requests a minute are let in, for each thing they are counted by. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly count: SharedCount;
  private readonly limits: Readonly<Record<Counted, LeasedLimit>>;

  constructor(config: Config, dataSource: DataSource) {
    const elapsed = (): number => performance.now();
    const shared = openSharedCount(config.REDIS_URL, dataSource);
    this.count = new OutageProofCount(shared, ownCount(), new Logger(RateLimits.name), elapsed);
    const limit = (name: Counted, perMinute: number): LeasedLimit =>
      new LeasedLimit(name, perMinute, this.count, elapsed);
    this.limits = {
      address: limit('address', config.RATE_LIMIT_ADDRESS),
      'sign-in': limit('sign-in', config.RATE_LIMIT_SIGN_IN),
      // Apart from who signs in: a program whose secret address has changed must lock nobody out.
      secret: limit('secret', config.RATE_LIMIT_SIGN_IN),
      account: limit('account', config.RATE_LIMIT_ACCOUNT),
      token: limit('token', config.RATE_LIMIT_TOKEN),
      inlet: limit('inlet', config.RATE_LIMIT_INLET),
      calendar: limit('calendar', config.RATE_LIMIT_CALENDAR),
    };
  }

  /**
   * Counts a request, and tells in the headers of its answer what is left.
   * @throws Problem 429 with the seconds until the next one is let in.
   */
  async admit(by: Counted, key: string, reply: FastifyReply): Promise<void> {
    const admission = await this.limits[by].take(key);
    tell(reply, by, admission);
    if (!admission.admitted)
      throw new Problem(429, 'TOO_MANY_REQUESTS', { retryAfterSeconds: admission.endsInMs / 1000 });
  }

  onApplicationShutdown(): void {
    this.count.close();
  }
}

/** The headers of draft-ietf-httpapi-ratelimit-headers: one item for each thing that the request was counted by. */
function tell(reply: FastifyReply, by: Counted, { limit, left, endsInMs }: Admission): void {
  add(reply, 'ratelimit-policy', `"${by}";q=${limit};w=${WINDOW_SECONDS}`);
  add(reply, 'ratelimit', `"${by}";r=${left};t=${Math.max(1, Math.ceil(endsInMs / 1000))}`);
}

function add(reply: FastifyReply, name: string, item: string): void {
  const present = reply.getHeader(name);
  void reply.header(name, present === undefined ? item : `${String(present)}, ${item}`);
}
