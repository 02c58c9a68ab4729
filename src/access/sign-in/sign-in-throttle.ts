import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { Problem } from '../../platform/http/problem';
import { SignInAttempt } from './sign-in-attempt.entity';
import { SignInPlace } from './sign-in-place.entity';

export const ATTEMPTS = 10;
export const WINDOW_MS = 15 * 60_000;

/** From so many failures in an hour on, wherever they come from, an account is taken to be under attack from many addresses. */
export const ATTEMPTS_FROM_EVERYWHERE = 50;
const ATTACK_WINDOW_MS = 60 * 60_000;
/** While it is, addresses that it has never been signed in from share one attempt in this time. */
export const PAUSE_MS = 60_000;
/** How long a place is known after the last sign-in from there. */
export const PLACE_KNOWN_MS = 90 * 24 * 60 * 60_000;

/**
 * Guessing is slow, and locks nobody out. From one address an account admits 10 failures in 15 minutes. Guesses spread over many addresses are
 * admitted one a minute all together, once there have been 50 in an hour; whoever comes from an address where the account has been signed in to does not
 * notice. Accounts that do not exist are counted alike, so that the limits tell nothing.
 */
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
    const account = hashOf(email);
    const now = this.clock.now();
    const since = (ms: number): Date => new Date(now.getTime() - ms);
    await this.dataSource.transaction(async (m) => {
      await m.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [account]);
      const tenth = await this.nth(m, 'key', key, ATTEMPTS, since(WINDOW_MS));
      if (tenth) throw tooMany(tenth, WINDOW_MS, now);
      const attack = await this.nth(m, 'account', account, ATTEMPTS_FROM_EVERYWHERE, since(ATTACK_WINDOW_MS));
      if (attack && !(await m.existsBy(SignInPlace, { key, at: MoreThan(since(PLACE_KNOWN_MS)) }))) {
        const last = await this.nth(m, 'account', account, 1, since(PAUSE_MS));
        if (last) throw tooMany(last, PAUSE_MS, now);
      }
      await m.insert(SignInAttempt, { id: newId(), key, account, at: now });
    });
  }

  /** After a success: the attempts from there do not count any more, and the place is known. */
  async forget(m: EntityManager, email: string, address: string): Promise<void> {
    const key = keyOf(email, address);
    await m.delete(SignInAttempt, { key });
    await m.upsert(SignInPlace, { key, at: this.clock.now() }, ['key']);
  }

  /** When the nth of the newest attempts was, if there are as many since then. */
  private async nth(
    m: EntityManager,
    column: 'key' | 'account',
    value: string,
    n: number,
    since: Date,
  ): Promise<Date | null> {
    const [row] = await m.query<{ at: Date }[]>(
      `SELECT at FROM sign_in_attempt WHERE ${column} = $1 AND at > $2 ORDER BY at DESC OFFSET $3 LIMIT 1`,
      [value, since, n - 1],
    );
    return row?.at ?? null;
  }
}

function tooMany(at: Date, pauseMs: number, now: Date): Problem {
  const retryAfterSeconds = (at.getTime() + pauseMs - now.getTime()) / 1000;
  return new Problem(429, 'TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}

function keyOf(email: string, address: string): string {
  return hashOf(`${address}\n${email}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
