import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { Problem } from '../../platform/http/problem';
import { SignInAttempt } from './sign-in-attempt.entity';

export const ATTEMPTS = 10;
export const WINDOW_MS = 15 * 60_000;

/** At most 10 failures in 15 minutes for one account from one address. Others, at other addresses, are never locked out. */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before it is checked, so that many at once cannot slip through; success takes them back with `forget`.
   * @throws Problem 429 with the seconds until the next attempt is let in.
   */
  async admit(email: string, address: string): Promise<void> {
    const key = keyOf(email, address);
    const now = this.clock.now();
    await this.dataSource.transaction(async (m) => {
      await m.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
      const recent = (await m.query(
        'SELECT at FROM sign_in_attempt WHERE key = $1 AND at > $2 ORDER BY at DESC LIMIT $3',
        [key, new Date(now.getTime() - WINDOW_MS), ATTEMPTS],
      )) as { at: Date }[];
      const tenth = recent[ATTEMPTS - 1];
      if (tenth)
        throw new Problem(429, 'TOO_MANY_ATTEMPTS', {
          retryAfterSeconds: (tenth.at.getTime() + WINDOW_MS - now.getTime()) / 1000,
        });
      await m.insert(SignInAttempt, { id: newId(), key, at: now });
    });
  }

  async forget(m: EntityManager, email: string, address: string): Promise<void> {
    await m.delete(SignInAttempt, { key: keyOf(email, address) });
  }
}

function keyOf(email: string, address: string): string {
  return createHash('sha256').update(`${address}\n${email}`).digest('hex');
}
