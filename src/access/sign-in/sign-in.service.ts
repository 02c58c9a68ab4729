import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import { User } from '../user.entity';
import { requireUncommon } from './common-passwords';
import { hashPassword, isOutdated, isPassword } from './passwords';
import type { Caller } from '../sessions/caller';
import { SessionsService } from '../sessions/sessions.service';
import { FactorsQueries } from '../factors/factors.queries';
import { SecondFactorService } from '../factors/second-factor.service';
import { SignInThrottle } from './sign-in-throttle';

/** Signing in and out, and changing one's own password. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly factors: FactorsQueries,
    private readonly secondFactors: SecondFactorService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a session for the account; `oldToken` is the session the browser had before, which ends.
   * The session of somebody who has a second factor awaits it, or `totp` is it.
   * @returns the token for the cookie
   * @throws Problem 401, the same for a wrong password, an unknown account and one that may not sign in; 422 for a wrong `totp`; 429.
   */
  async signIn(
    { email, password, totp }: { email: string; password: string; totp?: string },
    caller: Caller,
    oldToken?: string,
  ): Promise<string> {
    const account = email.trim().toLowerCase();
    await this.throttle.admit(account, caller.address);
    const user = await this.dataSource.manager.findOneBy(User, { email: account });
    const matches = await isPassword(user?.passwordHash ?? null, password);
    if (!user || !matches || !user.active) {
      if (user) this.recordRefusal(user, caller);
      throw new Problem(401, 'INVALID_CREDENTIALS');
    }
    const passwordHash = isOutdated(user.passwordHash as string) ? await hashPassword(password) : undefined;
    const token = await this.dataSource.transaction(async (m) => {
      if (oldToken) await this.sessions.end(m, oldToken);
      if (passwordHash) await m.update(User, { id: user.id }, { passwordHash });
      await this.throttle.forget(m, account, caller.address);
      const awaits = (await this.factors.available(user.id, m)).length > 0;
      const stage = awaits ? 'FACTOR_NEEDED' : 'ONE_FACTOR';
      const started = await this.sessions.start(m, user.id, caller, 'PASSWORD', stage);
      await this.audit.record(m, actorFor(user, caller), {
        action: awaits ? 'session.factor_needed' : 'session.started',
        recordType: 'session',
        recordId: started.sessionId,
        after: { address: caller.address },
      });
      return started.token;
    });
    const person = totp === undefined ? null : await this.sessions.personOf(token, caller.requestId);
    if (person?.state !== 'FACTOR_NEEDED') return token;
    return this.secondFactors.passByCode(person.actor, 'TOTP', totp as string, caller, 'totp');
  }

  /** Ends the session of the token; nothing happens when it has ended already. */
  async signOut(token: string, { requestId }: Caller): Promise<void> {
    const person = await this.sessions.personOf(token, requestId);
    if (!person) return;
    const { actor } = person;
    await this.dataSource.transaction(async (m) => {
      await this.sessions.end(m, token);
      await this.audit.record(m, actor, { action: 'session.ended', recordType: 'user', recordId: actor.userId });
    });
  }

  /**
   * Changes one's own password and ends the other sessions.
   * @returns the new token of this one
   * @throws Problem 422 when the present password is wrong, or the new one common; 429.
   */
  async changePassword(actor: Actor, present: string, wanted: string, caller: Caller): Promise<string> {
    const user = await this.dataSource.manager.findOneByOrFail(User, { id: actor.userId });
    await this.throttle.admit(user.email, caller.address);
    if (!(await isPassword(user.passwordHash, present))) throw fieldProblem(422, 'currentPassword', 'WRONG_PASSWORD');
    await requireUncommon(wanted, [user.email, user.displayName], 'newPassword');
    const passwordHash = await hashPassword(wanted);
    return this.dataSource.transaction(async (m) => {
      await m.update(User, { id: user.id }, { passwordHash, updatedAt: this.clock.now() });
      await this.throttle.forget(m, user.email, caller.address);
      await this.sessions.endAll(m, user.id, actor.sessionId);
      await this.audit.record(m, actor, { action: 'user.password_changed', recordType: 'user', recordId: user.id });
      return this.sessions.rotate(m, actor.sessionId as string);
    });
  }

  /** Nobody waits for it: an account that exists would answer later than one that does not. */
  private recordRefusal(user: User, { address, requestId }: Caller): void {
    this.audit
      .record(this.dataSource.manager, null, {
        action: 'session.refused',
        recordType: 'user',
        recordId: user.id,
        after: { address, requestId },
      })
      .catch((error: unknown) => this.logger.error(error));
  }
}

function actorFor({ id, locale, timeZone }: User, { requestId }: Caller): Actor {
  return { userId: id, locale, timeZone, roles: [], requestId };
}
