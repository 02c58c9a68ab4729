import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { requireFresh } from '../../platform/http/etag';
import type { Actor } from '../actor';
import { User } from '../user.entity';

@Injectable()
export class MeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Changes the preferences of the person themself; what is absent stays. */
  async change(
    actor: Actor,
    version: number,
    changes: Partial<Pick<User, 'locale' | 'timeZone' | 'calendar'>>,
  ): Promise<void> {
    const { userId: id } = actor;
    const after = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await this.dataSource.transaction(async (m) => {
      const before = await m.findOneByOrFail(User, { id });
      const next = { ...after, rowVersion: version + 1, updatedAt: this.clock.now() };
      requireFresh(await m.update(User, { id, rowVersion: version }, next));
      await this.audit.record(m, actor, {
        action: 'user.changed',
        recordType: 'user',
        recordId: id,
        before: Object.fromEntries(Object.keys(after).map((name) => [name, before[name as keyof User]])),
        after,
      });
    });
  }
}
