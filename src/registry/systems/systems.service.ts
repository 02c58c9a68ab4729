import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { reachOf } from '../../access/permissions';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { CivilDate } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { requireSoundSystem } from './system-check';
import { System } from './system.entity';
import { editSystemRow, NewSystem, newSystemRow, SystemFields, SystemRow } from './system-row';
import { insertSystems } from './system-writer';
import { SystemEdits } from './writing/system-edits';

/** Writes of the ledger of systems, each with its audit event and the refresh of what the system owes. */
@Injectable()
export class SystemsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly edits: SystemEdits,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Registers a system. A person who may only write systems of their own becomes its owner unless they name somebody. Returns its id.
   * @throws Problem 409 when the code is taken in the organisation, 422 for an unknown person or contradicting targets.
   */
  async create(actor: Actor, fields: NewSystem): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'systems:create', fields.organisationId, 'organisationId');
      const ownsOnly = actor.roles.every(({ role }) => reachOf('systems:write', role) !== 'SUBTREE');
      const ownerId = fields.ownerId === undefined && ownsOnly ? actor.userId : fields.ownerId;
      const row = newSystemRow({ ...fields, ownerId }, this.clock.now(), this.today());
      await requireSoundSystem(m, null, row);
      await insertSystems(m, [row]);
      await this.audit.record(m, actor, {
        action: 'system.created',
        recordType: 'system',
        recordId: row.id,
        organisationId: row.organisationId,
        after: { ...row },
      });
      await this.ledger.refresh(m, [row.id]);
      return row.id;
    });
  }

  /**
   * Changes what the register says of a system. Fields that are undefined stay.
   * @throws Problem 412 when it has been changed since `version`, 409 when it is retired, or for the tier, which changes by request only.
   */
  async edit(actor: Actor, id: string, version: number, edit: Partial<SystemFields>): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const before = await this.open(m, actor, id);
      if (before.rowVersion !== version) throw new Problem(412, 'STALE');
      if (edit.tier !== undefined && edit.tier !== before.tier) throw fieldProblem(409, 'tier', 'TIER_CHANGE_NEEDED');
      if (edit.organisationId !== undefined && edit.organisationId !== before.organisationId)
        await requireNamedOrganisation(m, actor, 'systems:create', edit.organisationId, 'organisationId');
      const after = editSystemRow(before, edit, this.clock.now(), this.today());
      await requireSoundSystem(m, before, after);
      await this.edits.write(m, actor, 'system.changed', [{ before, after }]);
    });
  }

  /** Takes a system out of service: from then on it owes nothing and does not change any more. */
  async retire(actor: Actor, id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const before = await this.open(m, actor, id);
      const after = editSystemRow(before, { lifecycle: 'RETIRED' }, this.clock.now(), this.today());
      await this.edits.write(m, actor, 'system.retired', [{ before, after }], { reason });
    });
  }

  /** The system, locked, when the person may write it. */
  private async open(m: EntityManager, actor: Actor, id: string): Promise<SystemRow> {
    await requireSystem(m, actor, 'systems:write', id);
    const row = await m.findOneOrFail(System, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (row.lifecycle === 'RETIRED') throw new Problem(409, 'SYSTEM_RETIRED');
    return row;
  }

  private today(): CivilDate {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}
