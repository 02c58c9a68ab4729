import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import type { Caller } from '../sessions/caller';
import { Session } from '../sessions/session.entity';
import { isPassword } from '../sign-in/passwords';
import { User } from '../user.entity';
import { SecondFactorService } from './second-factor.service';

const CONFIRMED_FOR_MS = 15 * 60_000;
const ONE_TIME_CODE = /^\s*\d{6}\s*$/;

/** Proving anew who one is, before factors change: a browser that was left open is not enough. */
@Injectable()
export class ConfirmationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secondFactors: SecondFactorService,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the password, a one-time code or a recovery code.
   * @throws Problem 422 when neither or both are there, or it is wrong; 429.
   */
  async confirm(actor: Actor, proof: { password?: string; code?: string }, caller: Caller): Promise<void> {
    const { password, code } = proof;
    if ((password === undefined) === (code === undefined)) throw fieldProblem(422, 'password', 'PASSWORD_OR_CODE');
    if (password === undefined) {
      const text = code as string;
      const factor = ONE_TIME_CODE.test(text) ? 'TOTP' : 'RECOVERY_CODE';
      const prove = async (m: EntityManager): Promise<true | null> =>
        (await this.secondFactors.useCode(m, actor, factor, text)) ? this.renew(m, actor) : null;
      await this.secondFactors.counted(actor, 'CONFIRMATION', factor, caller, prove);
      return;
    }
    const prove = async (m: EntityManager): Promise<true | null> => {
      const { passwordHash } = await m.findOneByOrFail(User, { id: actor.userId });
      return (await isPassword(passwordHash, password)) ? this.renew(m, actor) : null;
    };
    const refusal = fieldProblem(422, 'password', 'WRONG_PASSWORD');
    await this.secondFactors.counted(actor, 'CONFIRMATION', 'PASSWORD', caller, prove, refusal);
  }

  /** @throws Problem 403 when the person has not proved themself in this session within 15 minutes. */
  async require(m: EntityManager, { sessionId = '' }: Actor): Promise<void> {
    const session = await m.findOneBy(Session, { id: sessionId });
    const since = this.clock.now().getTime() - CONFIRMED_FOR_MS;
    if (!session || session.provedAt.getTime() <= since) throw new Problem(403, 'CONFIRMATION_NEEDED');
  }

  private async renew(m: EntityManager, { sessionId = '' }: Actor): Promise<true> {
    await m.update(Session, { id: sessionId }, { provedAt: this.clock.now() });
    return true;
  }
}
