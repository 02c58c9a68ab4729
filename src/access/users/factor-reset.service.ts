import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import { SessionsService } from '../sessions/sessions.service';
import { requireManageable } from './managed-people';

/** For who has lost every second factor: an administrator takes them all away, and the person sets up new ones. */
@Injectable()
export class FactorResetService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Takes all second factors of somebody else away; their sessions end.
   * @throws Problem 404, 403 as for every change of an account, 409 for one's own.
   */
  async reset(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await requireManageable(m, actor, id);
      if (actor.userId === id) throw new Problem(409, 'OWN_FACTORS');
      await removeFactors(m, id);
      await this.sessions.endAll(m, id);
      await this.audit.record(m, actor, { action: 'user.factors_reset', recordType: 'user', recordId: id });
    });
  }
}

/** Removes every second factor of a person. */
export async function removeFactors(m: EntityManager, userId: string): Promise<void> {
  for (const table of ['totp_factor', 'passkey', 'recovery_code'])
    await m.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
}
