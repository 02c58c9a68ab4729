import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { requireSystemOf } from '../../access/scope/system-of-record';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import type { Tier } from '../../core/importance/tier';
import { isWaivable } from '../../core/obligation/judge-ruling';
import { addDays, type CivilDate } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { latestExpiry } from '../../core/waiver/waiver-limit';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { RuleTitles } from '../../obligations/rule-titles';
import { Obligation } from '../../obligations/obligation.entity';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { lockSystems } from '../../obligations/ledger/obligation-facts';
import { Waiver } from './waiver.entity';

export type WaiverFields = Pick<Waiver, 'reason' | 'compensatingMeasure' | 'evidence' | 'expiresOn'>;

/** Waivers: asked for, decided by somebody else, ended by their day or before it (domain.md section 4). None makes anything green. */
@Injectable()
export class WaiversService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Asks for a waiver of an obligation. Returns its id.
   * @throws Problem 404 for the obligation; 409 NOT_WAIVABLE for backups of a HIGH system, WAIVER_WAITING while another request is open;
   *   422 for an end in the past or beyond the limit of the tier.
   */
  async request(actor: Actor, obligationId: string, fields: WaiverFields): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const obligation = await m.findOneBy(Obligation, { id: obligationId });
      const notFound = 'OBLIGATION_NOT_FOUND';
      const system = await requireSystemOf(m, actor, 'waivers:request', obligation?.systemId ?? undefined, notFound);
      const { ruleKey, backupRequirementId, dutyOf, tier, policyId } = obligation as Obligation;
      const systemId = system.id;
      await lockSystems(m, [systemId]);
      await this.requireWaivable(m, policyId, ruleKey, tier);
      const today = this.today();
      requireWithinLimit(fields.expiresOn, tier, today);
      if (await m.existsBy(Waiver, { dutyOf, ruleKey, status: 'REQUESTED' })) throw new Problem(409, 'WAIVER_WAITING');
      const id = newId();
      const renewals = await this.renewals(m, dutyOf, ruleKey, today);
      await m.insert(Waiver, {
        ...{ id, systemId, ruleKey, backupRequirementId, dutyOf, ...fields, renewals },
        requestedById: actor.userId,
        requestedAt: this.clock.now(),
      });
      const after = { systemId, ruleKey, ...fields, renewals };
      await this.record(m, actor, 'waiver.requested', id, system.organisationId, null, after);
      return id;
    });
  }

  /**
   * Grants a request; the obligation is WAIVED through the day it ends on.
   * @throws Problem 409 OWN_REQUEST for the requester, WAIVER_DECIDED when it is no longer open, NOT_WAIVABLE when the system has been raised
   *   to HIGH since; 422 when its day has passed, or lies beyond the limit of the tier that the system has now.
   */
  async approve(actor: Actor, id: string, comment: string | null): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { waiver, organisationId } = await this.open(m, actor, id, 'waivers:approve', 'REQUESTED');
      if (waiver.requestedById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      const { dutyOf, ruleKey, expiresOn } = waiver;
      const owed = await m.findOneBy(Obligation, { dutyOf, ruleKey });
      requireWithinLimit(expiresOn, owed?.tier ?? 'LOW', this.today());
      if (owed) await this.requireWaivable(m, owed.policyId, ruleKey, owed.tier);
      // Since it was asked for, the one before it may have ended.
      const renewals = await this.renewals(m, dutyOf, ruleKey, this.today());
      await this.decide(m, actor, waiver, organisationId, 'APPROVED', comment, renewals);
      await this.ledger.refresh(m, [waiver.systemId]);
    });
  }

  /** Refuses a request, saying why. @throws Problem as `approve`. */
  async reject(actor: Actor, id: string, comment: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { waiver, organisationId } = await this.open(m, actor, id, 'waivers:approve', 'REQUESTED');
      if (waiver.requestedById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      await this.decide(m, actor, waiver, organisationId, 'REJECTED', comment);
    });
  }

  /** Takes one's own request back. @throws Problem 403 for everybody else. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { waiver, organisationId } = await this.open(m, actor, id, 'systems:read', 'REQUESTED');
      if (waiver.requestedById !== actor.userId) throw new Problem(403, 'NOT_YOUR_REQUEST');
      await this.decide(m, actor, waiver, organisationId, 'WITHDRAWN', null);
    });
  }

  /** Ends a waiver before its day; the true state is back at once. @throws Problem 409 WAIVER_DECIDED when it is not in force. */
  async revoke(actor: Actor, id: string, comment: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { waiver, organisationId } = await this.open(m, actor, id, 'waivers:approve', 'APPROVED');
      if (waiver.expiresOn < this.today()) throw new Problem(409, 'WAIVER_DECIDED');
      const revoked = { status: 'REVOKED', revokedById: actor.userId, revokedAt: this.clock.now(), comment } as const;
      await m.update(Waiver, { id }, revoked);
      await this.record(m, actor, 'waiver.revoked', id, organisationId, { status: 'APPROVED' }, revoked);
      await this.ledger.refresh(m, [waiver.systemId]);
    });
  }

  /** What no policy asks is no rule to be excused from: the day of an improvement item is put off instead. */
  private async requireWaivable(m: EntityManager, policyId: string | null, ruleKey: string, tier: Tier): Promise<void> {
    if (policyId === null) throw new Problem(409, 'IMPROVEMENT_NOT_WAIVABLE');
    await this.titles.load([policyId], m);
    const rule = this.titles.rule(policyId, ruleKey);
    if (rule && !isWaivable(rule, tier)) throw new Problem(409, 'NOT_WAIVABLE');
  }

  private async open(
    m: EntityManager,
    actor: Actor,
    id: string,
    permission: Permission,
    status: Waiver['status'],
  ): Promise<{ waiver: Waiver; organisationId: string }> {
    const found = await m.findOneBy(Waiver, { id });
    const system = await requireSystemOf(m, actor, permission, found?.systemId, 'WAIVER_NOT_FOUND');
    await lockSystems(m, [system.id]);
    const waiver = await m.findOneByOrFail(Waiver, { id });
    if (waiver.status !== status) throw new Problem(409, 'WAIVER_DECIDED');
    return { waiver, organisationId: system.organisationId };
  }

  private async decide(
    m: EntityManager,
    actor: Actor,
    { id, systemId, ruleKey }: Waiver,
    organisationId: string,
    status: 'APPROVED' | 'REJECTED' | 'WITHDRAWN',
    comment: string | null,
    renewals?: number,
  ): Promise<void> {
    const decided = { decidedById: actor.userId, decidedAt: this.clock.now() };
    await m.update(Waiver, { id }, { status, comment, renewals, ...decided });
    const action = `waiver.${status.toLowerCase()}` as 'waiver.approved' | 'waiver.rejected' | 'waiver.withdrawn';
    const after = { systemId, ruleKey, status, comment, renewals };
    await this.record(m, actor, action, id, organisationId, { status: 'REQUESTED' }, after);
  }

  /** How many waivers of the obligation went before without a day between them, up to one that is in force or ended yesterday. */
  private async renewals(m: EntityManager, dutyOf: string, ruleKey: string, today: CivilDate): Promise<number> {
    const [last] = await m.query<{ renewals: number }[]>(
      `SELECT renewals FROM waiver WHERE duty_of = $1 AND rule_key = $2 AND status = 'APPROVED' AND expires_on >= $3
       ORDER BY expires_on DESC LIMIT 1`,
      [dutyOf, ruleKey, addDays(today, -1)],
    );
    return last ? last.renewals + 1 : 0;
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
    return this.audit.record(m, actor, {
      action,
      recordType: 'waiver',
      recordId,
      organisationId,
      before,
      after: { ...after },
    });
  }

  private today(): CivilDate {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}

/** A waiver ends on a day still to come, within the limit of the tier that the system has now. */
function requireWithinLimit(expiresOn: CivilDate, tier: Tier, today: CivilDate): void {
  if (expiresOn < today) throw fieldProblem(422, 'expiresOn', 'IN_THE_PAST');
  const latest = latestExpiry(tier, today);
  if (expiresOn > latest) throw fieldProblem(422, 'expiresOn', 'BEYOND_WAIVER_LIMIT', { latest });
}
