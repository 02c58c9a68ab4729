import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { Problem } from '../../../platform/http/problem';
import type { Caller } from '../../sessions/caller';
import { SessionsService } from '../../sessions/sessions.service';
import { User } from '../../user.entity';
import { PasskeyChallenges } from './passkey-challenges';
import { Passkeys } from './passkeys';

/** Signing in with a passkey alone: the device is one factor, what it knew its person by the other. */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passkeys: Passkeys,
    private readonly challenges: PasskeyChallenges,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Starts a session for whoever the passkey is of; `oldToken` is the session the browser had before, which ends. A person without a password
   * may not sign in here: an administrator has taken that away, or the office's provider decides.
   * @returns the token for the cookie
   * @throws Problem 401, the same whatever is wrong.
   */
  async signIn(credential: object, caller: Caller, oldToken?: string): Promise<string> {
    const challenge = await this.challenges.useUp(credential, 'SIGN_IN', null);
    const passkey = await this.passkeys.named(credential);
    if (!passkey) throw new Problem(401, 'PASSKEY_REFUSED');
    const { address, browser, requestId } = caller;
    const token = await this.dataSource.transaction(async (m) => {
      const user = await m.findOneByOrFail(User, { id: passkey.userId });
      const isRight = await this.passkeys.use(m, passkey, credential, challenge, 'SIGN_IN');
      if (!isRight || !user.active || user.passwordHash === null) return null;
      if (oldToken) await this.sessions.end(m, oldToken);
      const started = await this.sessions.start(m, user.id, caller, 'PASSKEY', 'TWO_FACTORS');
      await this.audit.record(
        m,
        { userId: user.id, requestId },
        {
          action: 'session.started',
          recordType: 'session',
          recordId: started.sessionId,
          after: { address, browser, method: 'PASSKEY' },
        },
      );
      return started.token;
    });
    if (token !== null) return token;
    await this.audit.record(this.dataSource.manager, null, {
      action: 'session.refused',
      recordType: 'user',
      recordId: passkey.userId,
      after: { address, requestId, method: 'PASSKEY' },
    });
    throw new Problem(401, 'PASSKEY_REFUSED');
  }
}
