import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import type { SessionResponse } from './dto/session.response';
import { Session } from './session.entity';
import { SessionsService } from './sessions.service';

/** What a person sees of their own sessions, and ends. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The living ones, last used first. */
  list(actor: Actor): Promise<SessionResponse[]> {
    return this.dataSource.query(
      `SELECT id, method, created_at AS "createdAt", last_used_at AS "lastUsedAt", address, browser,
         id IS NOT DISTINCT FROM $4 AS current
       FROM user_session WHERE user_id = $1 AND stage <> 'FACTOR_NEEDED' AND expires_at > $2 AND last_used_at > $3
       ORDER BY last_used_at DESC, id DESC`,
      [actor.userId, this.clock.now(), this.sessions.idleSince(), actor.sessionId ?? null],
    );
  }

  /** @throws Problem 404 when the person has no such session. */
  async end(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { affected } = await m.delete(Session, { id, userId: actor.userId });
      if (affected !== 1) throw new Problem(404, 'SESSION_NOT_FOUND');
      await this.audit.record(m, actor, { action: 'session.ended', recordType: 'session', recordId: id });
    });
  }

  /** Ends every session of the person but the one that asks. */
  async endOthers(actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const sessions = await this.sessions.endAll(m, actor.userId, actor.sessionId);
      await this.audit.record(m, actor, {
        action: 'session.others_ended',
        recordType: 'user',
        recordId: actor.userId,
        after: { sessions },
      });
    });
  }
}
