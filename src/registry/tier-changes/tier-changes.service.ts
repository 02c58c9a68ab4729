import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import type { Tier } from '../../core/importance/tier';
import { localDate } from '../../core/time/zone';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { SystemRow } from '../systems/system-row';
import { System } from '../systems/system.entity';
import { grantTier } from './grant-tier';
import { requestTierChanges } from './request-tier-changes';
import { decidingPermission } from './tier-change-permission';
import { TierChange } from './tier-change.entity';

interface Opened {
  change: TierChange;
  system: SystemRow;
}

const DECIDED = {
  APPROVED: 'tier_change.approved',
  REJECTED: 'tier_change.rejected',
  WITHDRAWN: 'tier_change.withdrawn',
} as const;

/** A tier changes when somebody asks for it and another person approves (domain.md section 2). */
@Injectable()
export class TierChangesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Asks for another tier. Returns the id of the request.
   * @throws Problem 409 TIER_CHANGE_WAITING while another one is open, SYSTEM_RETIRED; 422 for the tier that it has.
   */
  async request(actor: Actor, systemId: string, tier: Tier, reason: string): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      await requireSystem(m, actor, 'systems:write', systemId);
      const system = await this.lockSystem(m, systemId);
      if (system.tier === tier) throw fieldProblem(422, 'tier', 'SAME_TIER');
      const wanted = { systemId, fromTier: system.tier, requestedTier: tier, reason, importId: null };
      const [written] = await requestTierChanges(m, actor.userId, this.clock.now(), [wanted]);
      if (!written) throw new Problem(409, 'TIER_CHANGE_WAITING');
      await this.record(m, actor, 'tier_change.requested', written.id, system.organisationId, null, wanted);
      return written.id;
    });
  }

  /**
   * Gives the system the requested tier, and derives anew what it owes.
   * @throws Problem 409 OWN_REQUEST for the requester, TIER_CHANGE_DECIDED when it is no longer open; 403 when the tier needs another approver.
   */
  async approve(actor: Actor, id: string, comment: string | null): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { change, system } = await this.open(m, actor, id, decides);
      if (change.requestedById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      await this.decide(m, actor, { change, system }, 'APPROVED', comment);
      const now = this.clock.now();
      const today = localDate(now, this.config.TZ_DEFAULT);
      const granted = { tier: change.requestedTier };
      await grantTier(m, this.audit, actor, system, granted, { tierChangeId: id }, now, today);
      await this.ledger.refresh(m, [system.id]);
    });
  }

  /** Leaves the tier as it is. @throws Problem as `approve`. */
  async reject(actor: Actor, id: string, comment: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const opened = await this.open(m, actor, id, decides);
      if (opened.change.requestedById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      await this.decide(m, actor, opened, 'REJECTED', comment);
    });
  }

  /** Takes one's own request back. @throws Problem 403 for everybody else. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const opened = await this.open(m, actor, id, () => 'systems:read');
      if (opened.change.requestedById !== actor.userId) throw new Problem(403, 'NOT_YOUR_REQUEST');
      await this.decide(m, actor, opened, 'WITHDRAWN', null);
    });
  }

  /** The open request and its system, locked in the order in which everybody locks them. */
  private async open(
    m: EntityManager,
    actor: Actor,
    id: string,
    permissionFor: (change: TierChange) => Permission,
  ): Promise<Opened> {
    const found = await m.findOneBy(TierChange, { id });
    const permission = found ? permissionFor(found) : 'systems:read';
    const { id: systemId } = await requireSystemOf(m, actor, permission, found?.systemId, 'TIER_CHANGE_NOT_FOUND');
    const system = await this.lockSystem(m, systemId);
    const change = await m.findOneOrFail(TierChange, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (change.status !== 'REQUESTED') throw new Problem(409, 'TIER_CHANGE_DECIDED');
    return { change, system };
  }

  private async lockSystem(m: EntityManager, id: string): Promise<SystemRow> {
    const system = await m.findOneOrFail(System, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (system.lifecycle === 'RETIRED') throw new Problem(409, 'SYSTEM_RETIRED');
    return system;
  }

  private async decide(
    m: EntityManager,
    actor: Actor,
    { change, system }: Opened,
    status: 'APPROVED' | 'REJECTED' | 'WITHDRAWN',
    comment: string | null,
  ): Promise<void> {
    const decision = { status, comment, decidedById: actor.userId, decidedAt: this.clock.now() };
    await m.update(TierChange, { id: change.id }, decision);
    const { fromTier, requestedTier, requestedById } = change;
    const facts = { fromTier, requestedTier, requestedById, status, comment };
    await this.record(m, actor, DECIDED[status], change.id, system.organisationId, { status: 'REQUESTED' }, facts);
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    before: Record<string, unknown> | null,
    after: object,
  ): Promise<void> {
    const record = { action, recordType: 'tier_change', recordId, organisationId };
    return this.audit.record(m, actor, { ...record, before, after: { ...after } });
  }
}

const decides = ({ fromTier, requestedTier }: TierChange): Permission => decidingPermission(fromTier, requestedTier);
