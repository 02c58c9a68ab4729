import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import type { Actor } from '../actor';
import { requiresFactor } from '../factors/requirement/required-sql';
import type { Caller } from './caller';
import { Session, type SessionStage, type SignInMethod } from './session.entity';

const HOUR_MS = 3_600_000;
const TOUCH_MS = 60_000;
/** For so long the second factor is waited for. */
const FACTOR_AWAITED_MS = 10 * 60_000;

/** Who is behind a session, and how far the sign-in has come. */
export interface SignedInPerson {
  actor: Actor;
  state: 'FACTOR_NEEDED' | 'ENROLMENT_NEEDED' | 'SIGNED_IN';
}

/**
 * Signed-in browsers: ended by `SESSION_HOURS`, by `SESSION_IDLE_HOURS` without a request, by signing out, by their person from elsewhere, and
 * by what changes who may do what: a new password, other roles.
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Starts a session; the token goes into the cookie and is not kept here. */
  async start(
    m: EntityManager,
    userId: string,
    { address, browser }: Caller,
    method: SignInMethod = 'PASSWORD',
    stage: SessionStage = 'ONE_FACTOR',
  ): Promise<{ token: string; sessionId: string }> {
    const now = this.clock.now();
    const token = newToken();
    const sessionId = newId();
    await m.insert(Session, {
      id: sessionId,
      tokenHash: hashOf(token),
      userId,
      method,
      stage,
      provedAt: now,
      address,
      browser,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: stage === 'FACTOR_NEEDED' ? new Date(now.getTime() + FACTOR_AWAITED_MS) : this.endOf(now),
    });
    return { token, sessionId };
  }

  /** Who is behind a cookie's token; null when it is none of a living session of an active person. */
  async personOf(token: string | undefined, requestId: string | null): Promise<SignedInPerson | null> {
    if (!token) return null;
    const now = this.clock.now();
    const [row] = (await this.dataSource.query(
      `SELECT s.id AS "sessionId", s.last_used_at AS "lastUsedAt",
         CASE WHEN s.stage = 'FACTOR_NEEDED' THEN s.stage
           WHEN s.stage = 'ONE_FACTOR' AND ${requiresFactor('u.id')} THEN 'ENROLMENT_NEEDED' ELSE 'SIGNED_IN' END AS state,
         u.id AS "userId", u.locale, u.time_zone AS "timeZone", u.calendar,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id)), '[]')
          FROM role_assignment r WHERE r.user_id = u.id) AS roles
       FROM user_session s JOIN app_user u ON u.id = s.user_id
       WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_used_at > $3 AND u.active`,
      [hashOf(token), now, this.idleSince()],
    )) as (Omit<Actor, 'requestId'> & { sessionId: string; lastUsedAt: Date; state: SignedInPerson['state'] })[];
    if (!row) return null;
    const { lastUsedAt, state, ...person } = row;
    if (now.getTime() - lastUsedAt.getTime() >= TOUCH_MS)
      await this.dataSource.manager.update(Session, { id: row.sessionId }, { lastUsedAt: now });
    return { actor: { ...person, requestId }, state };
  }

  /** Sessions not used since then have ended. */
  idleSince(): Date {
    return new Date(this.clock.now().getTime() - this.config.SESSION_IDLE_HOURS * HOUR_MS);
  }

  /** Marks that the second factor has been shown in a session. @returns its new token, for the cookie. */
  async pass(m: EntityManager, sessionId: string): Promise<string> {
    const now = this.clock.now();
    await m.update(
      Session,
      { id: sessionId },
      { stage: 'TWO_FACTORS', provedAt: now, lastUsedAt: now, expiresAt: this.endOf(now) },
    );
    return this.rotate(m, sessionId);
  }

  /** For who has given the last factor up: what was shown of it in a session counts no longer, and nobody waits for it. */
  async withoutFactor(m: EntityManager, userId: string): Promise<void> {
    await m.delete(Session, { userId, stage: 'FACTOR_NEEDED' });
    await m.query(
      `UPDATE user_session s SET stage = 'ONE_FACTOR' WHERE s.user_id = $1
         AND NOT EXISTS (SELECT FROM oidc_session o WHERE o.session_id = s.id AND o.second_factor)`,
      [userId],
    );
  }

  /** Gives a session a new token, so that one that was taken before what just happened is worth nothing. @returns the token for the cookie. */
  async rotate(m: EntityManager, sessionId: string): Promise<string> {
    const token = newToken();
    await m.update(Session, { id: sessionId }, { tokenHash: hashOf(token) });
    return token;
  }

  private endOf(start: Date): Date {
    return new Date(start.getTime() + this.config.SESSION_HOURS * HOUR_MS);
  }

  async end(m: EntityManager, token: string): Promise<void> {
    await m.delete(Session, { tokenHash: hashOf(token) });
  }

  /** Ends every session of a person, but for one. @returns how many ended. */
  async endAll(m: EntityManager, userId: string, exceptSessionId: string | null = null): Promise<number> {
    const [, ended] = (await m.query('DELETE FROM user_session WHERE user_id = $1 AND id IS DISTINCT FROM $2', [
      userId,
      exceptSessionId,
    ])) as [unknown, number];
    return ended;
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
