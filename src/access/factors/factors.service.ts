import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import type { Caller } from '../sessions/caller';
import { SessionsService } from '../sessions/sessions.service';
import { User } from '../user.entity';
import { ConfirmationService } from './confirmation.service';
import type { BegunTotpResponse, PasskeyResponse } from './dto/factors.dto';
import { FactorsQueries } from './factors.queries';
import { Passkey } from './passkeys/passkey.entity';
import { PasskeyChallenges } from './passkeys/passkey-challenges';
import { Passkeys } from './passkeys/passkeys';
import { RecoveryCodes } from './recovery/recovery-codes';
import { SecondFactorService } from './second-factor.service';
import { totpUri } from './totp/totp-code';
import { TotpFactors } from './totp/totp-factors';

/** What the first factor of a person brings with it. */
export interface Enrolment {
  /** The new token of the session; null when the factor was not the first. */
  token: string | null;
  recoveryCodes: string[] | null;
}

const MOST_PASSKEYS = 20;

/** The second factors of the person who asks. Each change needs a fresh proof of who that is. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: FactorsQueries,
    private readonly confirmations: ConfirmationService,
    private readonly secondFactors: SecondFactorService,
    private readonly sessions: SessionsService,
    private readonly totp: TotpFactors,
    private readonly passkeys: Passkeys,
    private readonly challenges: PasskeyChallenges,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly audit: AuditLog,
  ) {}

  /** Begins to set up one-time codes; what the person has counts until `confirmTotp`. */
  async beginTotp(actor: Actor): Promise<BegunTotpResponse> {
    return this.dataSource.transaction(async (m) => {
      const { email } = await this.opened(m, actor);
      const secret = await this.totp.begin(m, actor.userId);
      return { secret, uri: totpUri(secret, email) };
    });
  }

  /** @throws Problem 422 when the code is not of the begun secret, 403 `CONFIRMATION_NEEDED`, 429. */
  async confirmTotp(actor: Actor, code: string, caller: Caller): Promise<Enrolment> {
    return this.secondFactors.counted(actor, 'ENROLMENT', 'TOTP', caller, async (m) => {
      await this.opened(m, actor);
      const isFirst = await this.hasNone(m, actor.userId);
      return (await this.totp.confirm(m, actor.userId, code))
        ? this.enrol(m, actor, isFirst, { factor: 'TOTP' })
        : null;
    });
  }

  /** Gives one-time codes up, also those that were only begun. @throws Problem 403 `CONFIRMATION_NEEDED`. */
  async removeTotp(actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await this.opened(m, actor);
      if (await this.totp.remove(m, actor.userId)) await this.removed(m, actor, { factor: 'TOTP' });
    });
  }

  /** @throws Problem 403 `CONFIRMATION_NEEDED`, 409 with twenty passkeys, or where browsers make none. */
  async passkeyOptions(actor: Actor): Promise<object> {
    const user = await this.dataSource.transaction(async (m) => {
      const person = await this.opened(m, actor);
      const has = await m.countBy(Passkey, { userId: actor.userId });
      if (has >= MOST_PASSKEYS) throw new Problem(409, 'TOO_MANY_PASSKEYS', { params: { limit: MOST_PASSKEYS } });
      return person;
    });
    return this.passkeys.creationOptions(user, actor.sessionId as string);
  }

  /** Keeps a passkey that the browser has made. @throws Problem 422 when it is not believed, 403 `CONFIRMATION_NEEDED`, 429. */
  async addPasskey(
    actor: Actor,
    { name, credential }: { name: string; credential: object },
    caller: Caller,
  ): Promise<Enrolment & { passkey: PasskeyResponse }> {
    const challenge = await this.challenges.useUp(credential, 'REGISTRATION', actor.sessionId as string);
    const prove = async (m: EntityManager): Promise<(Enrolment & { passkey: PasskeyResponse }) | null> => {
      await this.opened(m, actor);
      const isFirst = await this.hasNone(m, actor.userId);
      const passkey = await this.passkeys.add(m, actor.userId, name, credential, challenge);
      if (!passkey) return null;
      const { id, createdAt, lastUsedAt } = passkey;
      const enrolment = await this.enrol(m, actor, isFirst, { factor: 'PASSKEY', id, name });
      return { ...enrolment, passkey: { id, name, createdAt, lastUsedAt } };
    };
    const refusal = fieldProblem(422, 'credential', 'PASSKEY_REFUSED');
    return this.secondFactors.counted(actor, 'ENROLMENT', 'PASSKEY', caller, prove, refusal);
  }

  /** @throws Problem 404 when the person has no such passkey, 403 `CONFIRMATION_NEEDED`. */
  async removePasskey(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await this.opened(m, actor);
      const passkey = await m.findOneBy(Passkey, { id, userId: actor.userId });
      if (!passkey) throw new Problem(404, 'FACTOR_NOT_FOUND');
      await m.delete(Passkey, { id });
      await this.removed(m, actor, { factor: 'PASSKEY', id, name: passkey.name });
    });
  }

  /** Makes new recovery codes; the ones before them count no longer. @throws Problem 409 for who has no factor. */
  async makeRecoveryCodes(actor: Actor): Promise<string[]> {
    return this.dataSource.transaction(async (m) => {
      await this.opened(m, actor);
      if (await this.hasNone(m, actor.userId)) throw new Problem(409, 'NO_FACTOR');
      const codes = await this.recoveryCodes.make(m, actor.userId);
      const made = { action: 'factor.recovery_codes_made', recordType: 'user', recordId: actor.userId } as const;
      await this.audit.record(m, actor, made);
      return codes;
    });
  }

  /** The person's row, locked: two changes at once must not both be the first or the last. */
  private async opened(m: EntityManager, actor: Actor): Promise<User> {
    await this.confirmations.require(m, actor);
    return m.findOneOrFail(User, { where: { id: actor.userId }, lock: { mode: 'pessimistic_write' } });
  }

  private async hasNone(m: EntityManager, userId: string): Promise<boolean> {
    const available = await this.queries.available(userId, m);
    return !available.some((factor) => factor !== 'RECOVERY_CODE');
  }

  /** With the first factor come recovery codes, and whoever signed in without it elsewhere does so anew. */
  private async enrol(m: EntityManager, actor: Actor, isFirst: boolean, after: object): Promise<Enrolment> {
    const { userId, sessionId = '' } = actor;
    await this.audit.record(m, actor, {
      action: 'factor.added',
      recordType: 'user',
      recordId: userId,
      after: { ...after, isFirst },
    });
    if (!isFirst) return { token: null, recoveryCodes: null };
    await this.sessions.endAll(m, userId, sessionId);
    return { recoveryCodes: await this.recoveryCodes.make(m, userId), token: await this.sessions.pass(m, sessionId) };
  }

  private async removed(m: EntityManager, actor: Actor, before: Record<string, unknown>): Promise<void> {
    const { userId } = actor;
    if (await this.hasNone(m, userId)) {
      if (await this.queries.isRequired(userId, m)) throw new Problem(409, 'FACTOR_REQUIRED');
      await this.recoveryCodes.remove(m, userId);
      await this.sessions.withoutFactor(m, userId);
    }
    await this.audit.record(m, actor, { action: 'factor.removed', recordType: 'user', recordId: userId, before });
  }
}
