import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, QueryFailedError } from 'typeorm';
import { Actor } from '../access/actor';
import { RoleAssignment } from '../access/role-assignment.entity';
import { AuditLog } from '../audit/audit-log';
import { newId } from '../platform/database/id';
import { DEMO_SETTING } from '../platform/database/setting.entity';
import { Problem } from '../platform/http/problem';
import { Organisation } from '../registry/organisations/organisation.entity';

/** Tables that are the installation's own and not part of the demo. What was done in the demo stays in the chain of audit events. */
const KEPT = ['migration', 'heartbeat', 'app_user', 'user_session', 'audit_event', 'audit_link'];

/** Below the second after which PostgreSQL looks for deadlocks: whoever else is at work is then never the one who is stopped. */
const LOCK_PATIENCE = '200ms';
const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Takes the demo away. */
@Injectable()
export class DemoService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Removes every demo record and every demo person but the administrator who asks, who is left with one organisation to begin with.
   * All tables are wanted at once while jobs are at work in some: gives way to them and tries again.
   * @throws Problem 409 when the installation holds no demo data.
   */
  async clear(actor: Actor, attempts = ATTEMPTS): Promise<void> {
    try {
      await this.clearAtOnce(actor);
    } catch (error) {
      if (attempts === 1 || !isLockTimeout(error)) throw error;
      await sleep(PAUSE_MS);
      await this.clear(actor, attempts - 1);
    }
  }

  private async clearAtOnce(actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await m.query(`SET LOCAL lock_timeout = '${LOCK_PATIENCE}'`);
      const [demo] = await m.query<{ name: string }[]>('SELECT name FROM setting WHERE name = $1 FOR UPDATE', [
        DEMO_SETTING,
      ]);
      if (!demo) throw new Problem(409, 'NO_DEMO_DATA');
      const tables = await m.query<{ name: string }[]>(
        `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1::text[])`,
        [KEPT],
      );
      await m.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
      await m.query('DELETE FROM app_user WHERE id <> $1', [actor.userId]);
      const organisationId = newId();
      await m.insert(Organisation, {
        id: organisationId,
        code: 'HOME',
        name: '自組織',
        nameEn: 'Our organisation',
        kind: 'MINISTRY',
      });
      await m.insert(RoleAssignment, { id: newId(), userId: actor.userId, role: 'ADMIN', organisationId });
      await this.audit.record(m, actor, {
        action: 'demo.cleared',
        recordType: 'setting',
        recordId: null,
        organisationId,
      });
    });
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '55P03';
}
