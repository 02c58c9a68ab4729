import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { requireFresh } from '../../../platform/http/etag';
import type { Actor } from '../../actor';
import type { Role } from '../../role-assignment.entity';
import type { SecuritySettingsResponse } from './dto/security-settings.dto';
import { SecuritySettings } from './security-settings.entity';

const NAME = { name: 'installation' } as const;

/** Which roles need a second factor, in the whole installation. */
@Injectable()
export class SecuritySettingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  async read(): Promise<SecuritySettingsResponse> {
    const { secondFactorRoles, rowVersion } = await this.dataSource.manager.findOneByOrFail(SecuritySettings, NAME);
    return { secondFactorRoles, version: rowVersion };
  }

  /** Counts from the next request of everybody: who has no second factor sets one up before anything else. */
  async change(actor: Actor, version: number, secondFactorRoles: Role[]): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const before = await m.findOneByOrFail(SecuritySettings, NAME);
      const next = { secondFactorRoles, rowVersion: version + 1 };
      requireFresh(await m.update(SecuritySettings, { ...NAME, rowVersion: version }, next));
      await this.audit.record(m, actor, {
        action: 'security_settings.changed',
        recordType: 'security_settings',
        recordId: null,
        before: { secondFactorRoles: before.secondFactorRoles },
        after: { secondFactorRoles },
      });
    });
  }
}
