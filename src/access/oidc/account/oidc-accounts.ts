import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { Problem } from '../../../platform/http/problem';
import { User } from '../../user.entity';
import type { OidcClaims } from '../oidc-claims';
import { OidcIdentity } from './oidc-identity.entity';

/** Finds whose account a subject of the provider is, and makes one for who is new. */
@Injectable()
export class OidcAccounts {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * The account that is linked to issuer and subject. Who is new gets an account without roles; one that is there already under the same
   * mail address is taken only when `OIDC_LINK_BY_EMAIL` says so and the provider has verified the address.
   * @throws Problem 403 for a closed account and without an address, 409 when the address has an account that may not be taken.
   */
  async accountOf(m: EntityManager, claims: OidcClaims): Promise<User> {
    const { issuer, subject } = claims;
    // Two browsers of one new person would make two accounts.
    await m.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${issuer}\n${subject}`]);
    const identity = await m.findOneBy(OidcIdentity, { issuer, subject });
    const user = identity
      ? await m.findOneByOrFail(User, { id: identity.userId })
      : await this.link(m, claims, await this.userFor(m, claims));
    if (!user.active) throw new Problem(403, 'OIDC_ACCOUNT_CLOSED');
    return user;
  }

  private async userFor(m: EntityManager, { email, emailVerified, displayName }: OidcClaims): Promise<User> {
    if (email === null) throw new Problem(403, 'OIDC_NO_EMAIL');
    const present = await m.findOneBy(User, { email });
    if (present) {
      if (!this.config.OIDC_LINK_BY_EMAIL || !emailVerified) throw new Problem(409, 'OIDC_ACCOUNT_EXISTS');
      return present;
    }
    const now = this.clock.now();
    const id = newId();
    const facts = { email, displayName: displayName ?? email, timeZone: this.config.TZ_DEFAULT };
    await m.insert(User, { ...facts, id, createdAt: now, updatedAt: now });
    const after = { ...facts, by: 'OIDC' };
    await this.audit.record(m, null, { action: 'user.created', recordType: 'user', recordId: id, after });
    return m.findOneByOrFail(User, { id });
  }

  private async link(m: EntityManager, { issuer, subject }: OidcClaims, user: User): Promise<User> {
    await m.insert(OidcIdentity, { issuer, subject, userId: user.id, linkedAt: this.clock.now() });
    const after = { issuer, subject };
    await this.audit.record(m, null, { action: 'user.linked', recordType: 'user', recordId: user.id, after });
    return user;
  }
}
