import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { Problem } from '../../../platform/http/problem';
import type { Actor } from '../../actor';
import { OidcClient } from '../oidc-client';
import { OidcSession } from '../oidc-session.entity';
import { keyIdOf, type Logout, LogoutTokenError, readLogoutToken } from './logout-token';

/** Signing out where the provider is part of it: it ends sessions here, or is told that one has ended. */
@Injectable()
export class OidcLogoutService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly client: OidcClient,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The provider's page that signs the browser out there too; null for a session that did not begin there, or when there is no such page. */
  async pageFor({ sessionId }: Actor): Promise<string | null> {
    const began = sessionId !== undefined && (await this.dataSource.manager.existsBy(OidcSession, { sessionId }));
    return began ? this.client.endSessionUrl() : null;
  }

  /**
   * Ends the sessions that a logout token of the provider names.
   * @throws Problem 400 for a token that is not believed or was used before.
   */
  async endByProvider(token: string): Promise<void> {
    const logout = await this.read(token);
    await this.dataSource.transaction(async (m) => {
      const fresh = (await m.query(
        `INSERT INTO oidc_used_logout_token (issuer, jti, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING jti`,
        [logout.issuer, logout.jti, logout.expiresAt],
      )) as unknown[];
      if (fresh.length === 0)
        throw new Problem(400, 'OIDC_LOGOUT_REFUSED', { params: { reason: 'it was used before' } });
      const [ended] = (await m.query(
        `DELETE FROM user_session s USING oidc_session o
         WHERE o.session_id = s.id AND o.issuer = $1
           AND ($2::text IS NULL OR o.sid = $2) AND ($3::text IS NULL OR o.subject = $3)
         RETURNING s.id, s.user_id AS "userId"`,
        [logout.issuer, logout.sid, logout.subject],
      )) as [{ id: string; userId: string }[], number];
      await this.audit.record(
        m,
        null,
        ...ended.map(({ id, userId }) => ({
          action: 'session.ended' as const,
          recordType: 'session',
          recordId: id,
          after: { by: 'OIDC_BACKCHANNEL', userId },
        })),
      );
    });
  }

  private async read(token: string): Promise<Logout> {
    const { OIDC_ISSUER: issuer = '', OIDC_CLIENT_ID: clientId = '' } = this.config;
    const keys = await this.client.keysWith(keyIdOf(token));
    try {
      return readLogoutToken(token, keys, { issuer, clientId, now: this.clock.now() });
    } catch (error) {
      if (!(error instanceof LogoutTokenError)) throw error;
      throw new Problem(400, 'OIDC_LOGOUT_REFUSED', { params: { reason: error.message } });
    }
  }
}
