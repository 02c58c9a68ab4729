import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';
import { FactorsQueries } from '../factors/factors.queries';
import type { Caller } from '../sessions/caller';
import { SessionsService } from '../sessions/sessions.service';
import { OidcAccounts } from './account/oidc-accounts';
import { GroupRoles } from './groups/group-roles';
import { OidcAttempt } from './oidc-attempt.entity';
import { OidcClient } from './oidc-client';
import { OidcSession } from './oidc-session.entity';

export const ATTEMPT_MS = 10 * 60_000;

/** Signing in at the office's own provider: authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcSignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly client: OidcClient,
    private readonly accounts: OidcAccounts,
    private readonly groupRoles: GroupRoles,
    private readonly factors: FactorsQueries,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a sign-in. The browser keeps `key` in a cookie, so that only it can end what it began.
   * @returns the key, and the provider's page to go to
   */
  async start(returnTo: string): Promise<{ key: string; url: string }> {
    const key = randomBytes(32).toString('base64url');
    const secrets = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
    };
    const url = await this.client.authorizationUrl(secrets);
    const expiresAt = new Date(this.clock.now().getTime() + ATTEMPT_MS);
    await this.dataSource.manager.insert(OidcAttempt, { keyHash: hashOf(key), ...secrets, returnTo, expiresAt });
    return { key, url };
  }

  /**
   * Ends a sign-in with what the provider sent the browser back with; the attempt is used up by it, whatever comes of it.
   * @returns the token for the cookie, and the page to go to
   * @throws Problem 400 for an attempt that is not this browser's, over or used; and what `OidcClient` and `OidcAccounts` say.
   */
  async finish(
    key: string | undefined,
    query: string,
    caller: Caller,
    oldToken?: string,
  ): Promise<{ token: string; returnTo: string }> {
    const attempt = await this.useUp(key, new URLSearchParams(query).get('state'));
    const claims = await this.client.redeem(query, attempt);
    return this.dataSource.transaction(async (m) => {
      const { id: userId, locale, timeZone } = await this.accounts.accountOf(m, claims);
      const hasOtherRoles = await this.groupRoles.synchronise(m, userId, claims.groups);
      if (oldToken) await this.sessions.end(m, oldToken);
      if (hasOtherRoles) await this.sessions.endAll(m, userId);
      const { issuer, subject, sid, secondFactor } = claims;
      const awaits = !secondFactor && (await this.factors.available(userId, m)).length > 0;
      const stage = secondFactor ? 'TWO_FACTORS' : awaits ? 'FACTOR_NEEDED' : 'ONE_FACTOR';
      const { token, sessionId } = await this.sessions.start(m, userId, caller, 'OIDC', stage);
      await m.insert(OidcSession, { sessionId, issuer, subject, sid, secondFactor });
      const actor = { userId, locale, timeZone, roles: [], requestId: caller.requestId };
      await this.audit.record(m, actor, {
        action: awaits ? 'session.factor_needed' : 'session.started',
        recordType: 'session',
        recordId: sessionId,
        after: { address: caller.address, method: 'OIDC', issuer, secondFactor },
      });
      return { token, returnTo: attempt.returnTo };
    });
  }

  private async useUp(key: string | undefined, state: string | null): Promise<OidcAttempt> {
    const repository = this.dataSource.manager.getRepository(OidcAttempt);
    const attempt = key === undefined ? null : await repository.findOneBy({ keyHash: hashOf(key) });
    // Whoever deletes it has it: a second answer to the same attempt finds nothing.
    const isOurs = attempt !== null && (await repository.delete({ keyHash: attempt.keyHash })).affected === 1;
    if (!isOurs || attempt.expiresAt <= this.clock.now() || attempt.state !== state)
      throw new Problem(400, 'OIDC_NOT_BEGUN');
    return attempt;
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
