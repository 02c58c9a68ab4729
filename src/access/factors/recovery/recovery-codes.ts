import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { newId } from '../../../platform/database/id';
import { RecoveryCode } from './recovery-code.entity';

const CODES = 10;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 16;
const GROUP = /.{4}(?=.)/g;

/** The codes on paper. */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly clock: Clock) {}

  /** Makes ten new ones; those before them are worth nothing. @returns them as they are shown, once. */
  async make(m: EntityManager, userId: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newRecoveryCode);
    const madeAt = this.clock.now();
    await m.delete(RecoveryCode, { userId });
    await m.insert(
      RecoveryCode,
      codes.map((code) => ({ id: newId(), userId, codeHash: hashOf(code), madeAt })),
    );
    return codes;
  }

  /** Uses up a code; capitals, spaces and hyphens do not matter. @returns false for one that is wrong or used. */
  async use(m: EntityManager, userId: string, code: string): Promise<boolean> {
    const [, used] = (await m.query(
      'UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL',
      [userId, hashOf(code), this.clock.now()],
    )) as [unknown, number];
    return used === 1;
  }

  async remove(m: EntityManager, userId: string): Promise<void> {
    await m.delete(RecoveryCode, { userId });
  }
}

/** 16 letters and digits without look-alikes, 79 bits: too many to try, so a fast hash keeps them as well as a slow one. */
export function newRecoveryCode(): string {
  const bytes = [...randomBytes(80)].filter((byte) => byte < 248);
  const letters = bytes.slice(0, LENGTH).map((byte) => LETTERS[byte % LETTERS.length]);
  return letters.join('').replace(GROUP, '$&-');
}

function hashOf(code: string): string {
  const letters = code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(letters).digest('hex');
}
