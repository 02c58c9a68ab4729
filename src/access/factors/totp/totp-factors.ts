import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { TotpFactor } from './totp-factor.entity';
import { newTotpSecret, stepOfCode } from './totp-code';

/** The one-time codes of people. */
@Injectable()
export class TotpFactors {
  constructor(private readonly clock: Clock) {}

  /** Makes a secret, which counts once it is confirmed; until then the one before it does. @returns it, in base32. */
  async begin(m: EntityManager, userId: string): Promise<string> {
    const pendingSecret = newTotpSecret();
    await m.upsert(TotpFactor, { userId, pendingSecret }, ['userId']);
    return pendingSecret;
  }

  /** Makes the begun secret the one that counts. @returns false when none was begun or the code is not of it. */
  async confirm(m: EntityManager, userId: string, code: string): Promise<boolean> {
    const factor = await m.findOneBy(TotpFactor, { userId });
    if (!factor?.pendingSecret) return false;
    const now = this.clock.now();
    const step = stepOfCode(factor.pendingSecret, code, now);
    if (step === null) return false;
    const { affected } = await m.update(
      TotpFactor,
      { userId, pendingSecret: factor.pendingSecret },
      { secret: factor.pendingSecret, pendingSecret: null, confirmedAt: now, lastStep: String(step) },
    );
    return affected === 1;
  }

  /** Uses up a code. @returns false for one that is wrong, or has been used, or is older than one that has. */
  async use(m: EntityManager, userId: string, code: string): Promise<boolean> {
    const factor = await m.findOneBy(TotpFactor, { userId });
    const step = factor?.secret ? stepOfCode(factor.secret, code, this.clock.now()) : null;
    if (step === null) return false;
    const [, used] = (await m.query(
      'UPDATE totp_factor SET last_step = $2 WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2)',
      [userId, step],
    )) as [unknown, number];
    return used === 1;
  }

  /** @returns whether there was one that counted. */
  async remove(m: EntityManager, userId: string): Promise<boolean> {
    const factor = await m.findOneBy(TotpFactor, { userId });
    await m.delete(TotpFactor, { userId });
    return factor?.confirmedAt != null;
  }
}
