import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditEntry, AuditLog } from '../../audit/audit-log';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import type { Caller } from '../sessions/caller';
import { Session } from '../sessions/session.entity';
import { SessionsService } from '../sessions/sessions.service';
import { SignInThrottle } from '../sign-in/sign-in-throttle';
import type { Factor, SignInStateResponse } from './dto/factors.dto';
import { FactorsQueries } from './factors.queries';
import { PasskeyChallenges } from './passkeys/passkey-challenges';
import { Passkeys } from './passkeys/passkeys';
import { RecoveryCodes } from './recovery/recovery-codes';
import { TotpFactors } from './totp/totp-factors';

/** Where a code was refused. */
export type FactorStep = 'SIGN_IN' | 'CONFIRMATION' | 'ENROLMENT';

/** The second step of signing in. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly queries: FactorsQueries,
    private readonly totp: TotpFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly challenges: PasskeyChallenges,
    private readonly audit: AuditLog,
  ) {}

  /** How far the sign-in of the browser with this token has come. */
  async stateOf(token: string | undefined): Promise<SignInStateResponse> {
    const person = await this.sessions.personOf(token, null);
    if (!person) return { state: 'NONE', factors: [] };
    const { state, actor } = person;
    return { state, factors: state === 'FACTOR_NEEDED' ? await this.queries.available(actor.userId) : [] };
  }

  /**
   * Ends the sign-in of the actor's session with a code.
   * @returns the new token of the session
   * @throws Problem 422 for a wrong or used code, 429.
   */
  async passByCode(
    actor: Actor,
    factor: 'TOTP' | 'RECOVERY_CODE',
    code: string,
    caller: Caller,
    field = 'code',
  ): Promise<string> {
    await this.requireAwaiting(actor);
    const prove = async (m: EntityManager): Promise<string | null> => {
      const isRight = await this.useCode(m, actor, factor, code);
      return isRight ? this.sessions.pass(m, actor.sessionId as string) : null;
    };
    return this.counted(actor, 'SIGN_IN', factor, caller, prove, fieldProblem(422, field, 'WRONG_CODE'));
  }

  /** What the browser asks for the signature of one of the person's passkeys with. */
  async passkeyOptions(actor: Actor): Promise<object> {
    await this.requireAwaiting(actor);
    const { userId, sessionId } = actor;
    return this.passkeys.requestOptions('SECOND_FACTOR', sessionId, userId);
  }

  /**
   * Ends the sign-in of the actor's session with a passkey.
   * @returns the new token of the session
   * @throws Problem 422 when it is not believed, 429.
   */
  async passByPasskey(actor: Actor, credential: object, caller: Caller): Promise<string> {
    await this.requireAwaiting(actor);
    const { userId, sessionId = '' } = actor;
    const challenge = await this.challenges.useUp(credential, 'SECOND_FACTOR', sessionId);
    const passkey = await this.passkeys.named(credential);
    const prove = async (m: EntityManager): Promise<string | null> => {
      if (passkey?.userId !== userId) return null;
      const isRight = await this.passkeys.use(m, passkey, credential, challenge, 'SECOND_FACTOR');
      return isRight ? this.sessions.pass(m, sessionId) : null;
    };
    const refusal = fieldProblem(422, 'credential', 'PASSKEY_REFUSED');
    return this.counted(actor, 'SIGN_IN', 'PASSKEY', caller, prove, refusal);
  }

  /** @throws Problem 409 when the session awaits no second factor. */
  private async requireAwaiting({ sessionId = '' }: Actor): Promise<void> {
    const isAwaiting = await this.dataSource.manager.existsBy(Session, { id: sessionId, stage: 'FACTOR_NEEDED' });
    if (!isAwaiting) throw new Problem(409, 'FACTOR_NOT_AWAITED');
  }

  /** Uses up a code of the person, of either kind. @returns false for a wrong or used one. */
  async useCode(m: EntityManager, actor: Actor, factor: 'TOTP' | 'RECOVERY_CODE', code: string): Promise<boolean> {
    const { userId } = actor;
    if (factor === 'TOTP') return this.totp.use(m, userId, code);
    const isRight = await this.recoveryCodes.use(m, userId, code);
    const used = { action: 'factor.recovery_code_used', recordType: 'user', recordId: userId } as const;
    if (isRight) await this.audit.record(m, actor, used);
    return isRight;
  }

  /**
   * Lets `prove` judge what the person shows, in one transaction; it answers null for what is not right. Whoever knows the password gets ten
   * attempts in 15 minutes, from wherever they come.
   * @throws Problem 422 `WRONG_CODE` at `field`, 429.
   */
  async counted<T>(
    actor: Actor,
    step: FactorStep,
    factor: Factor | 'PASSWORD',
    caller: Caller,
    prove: (m: EntityManager) => Promise<T | null>,
    refusal: Problem = fieldProblem(422, 'code', 'WRONG_CODE'),
  ): Promise<T> {
    const { userId, sessionId = null } = actor;
    const { address, browser } = caller;
    await this.throttle.admit(attemptsOf(userId), '');
    const proved = await this.dataSource.transaction(async (m) => {
      const result = await prove(m);
      if (result === null) return null;
      await this.throttle.forget(m, attemptsOf(userId), '');
      const after = { address, browser, factor };
      if (step !== 'ENROLMENT') await this.audit.record(m, actor, provedEntry(step, sessionId, after));
      return { result };
    });
    if (proved) return proved.result;
    const after = { address, step, factor };
    const refused = { action: 'factor.refused', recordType: 'user', recordId: userId, after } as const;
    await this.audit.record(this.dataSource.manager, actor, refused);
    throw refusal;
  }
}

function provedEntry(step: FactorStep, recordId: string | null, after: AuditEntry['after']): AuditEntry {
  const action = step === 'SIGN_IN' ? 'session.started' : 'session.confirmed';
  return { action, recordType: 'session', recordId, after };
}

function attemptsOf(userId: string): string {
  return `second factor of ${userId}`;
}
