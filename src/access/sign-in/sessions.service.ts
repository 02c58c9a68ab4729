import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import type { Actor } from '../actor';
import { Session } from './session.entity';

export const SESSION_COOKIE = 'sonae_session';
export const LONGEST_SESSION_MS = 7 * 24 * 3_600_000;
export const IDLE_MS = 12 * 3_600_000;
const TOUCH_MS = 60_000;

/** Signed-in browsers: at most 7 days, ended by 12 hours without a request, by signing out and by a new password. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Starts a session; the token goes into the cookie and is not kept here. */
  async start(m: EntityManager, userId: string): Promise<{ token: string; sessionId: string }> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    const sessionId = newId();
    await m.insert(Session, {
      id: sessionId,
      tokenHash: hashOf(token),
      userId,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + LONGEST_SESSION_MS),
    });
    return { token, sessionId };
  }

  /** Who is behind a cookie's token; null when it is none of a living session of an active person. */
  async actorOf(token: string | undefined, requestId: string | null): Promise<Actor | null> {
    if (!token) return null;
    const now = this.clock.now();
    const [row] = (await this.dataSource.query(
      `SELECT s.id AS "sessionId", s.last_used_at AS "lastUsedAt", u.id AS "userId", u.locale, u.time_zone AS "timeZone",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id)), '[]')
          FROM role_assignment r WHERE r.user_id = u.id) AS roles
       FROM user_session s JOIN app_user u ON u.id = s.user_id
       WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_used_at > $3 AND u.active`,
      [hashOf(token), now, new Date(now.getTime() - IDLE_MS)],
    )) as (Omit<Actor, 'requestId'> & { sessionId: string; lastUsedAt: Date })[];
    if (!row) return null;
    const { sessionId, lastUsedAt, ...person } = row;
    if (now.getTime() - lastUsedAt.getTime() >= TOUCH_MS)
      await this.dataSource.manager.update(Session, { id: sessionId }, { lastUsedAt: now });
    return { ...person, requestId };
  }

  async end(m: EntityManager, token: string): Promise<void> {
    await m.delete(Session, { tokenHash: hashOf(token) });
  }

  /** Ends every session of a person, but for the one of `exceptToken`. */
  async endAll(m: EntityManager, userId: string, exceptToken?: string): Promise<void> {
    await m.query('DELETE FROM user_session WHERE user_id = $1 AND token_hash IS DISTINCT FROM $2', [
      userId,
      exceptToken ? hashOf(exceptToken) : null,
    ]);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
