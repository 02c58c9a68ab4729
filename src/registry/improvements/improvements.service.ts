import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { localDate } from '../../core/time/zone';
import { Evidence } from '../../evidence/records/evidence.entity';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { System } from '../systems/system.entity';
import type { PatchImprovementRequest, ProgressRequest, RaiseImprovementRequest } from './dto/improvement.request';
import { ImprovementItem } from './improvement-item.entity';
import { ImprovementProgress } from './improvement-progress.entity';
import { type OpenItem, requireOpenItem } from './checking/item-access';
import { requireSoundItems } from './checking/item-check';
import { openItem } from './open-item';

const EDITABLE = ['title', 'description', 'link', 'ownerId', 'dueOn'] as const;

/** Improvement items as they are raised, changed and worked on (domain.md section 4). */
@Injectable()
export class ImprovementsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Raises an item. Returns its id.
   * @throws Problem 404 for a system that may not be seen, 403 where the person may only look, 409 for a retired system; 422 naming every wrong
   *   field: an organisation that may not be seen, a proof that did not fail, a day in the past.
   */
  async raise(actor: Actor, request: RaiseImprovementRequest): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { systemId = null, sourceEvidenceId = null, ownerId = null, dueOn } = request;
      const organisationId = await this.whose(m, actor, request);
      await requireSoundItems(m, [{ organisationId, ownerId, dueOn }], this.today());
      if (sourceEvidenceId) await requireFailure(m, systemId, sourceEvidenceId);
      const { source, title, description, link } = request;
      const opening = { m, ledger: this.ledger, audit: this.audit, actor, now: this.clock.now() };
      return openItem(
        { ...opening, timeZone: this.config.TZ_DEFAULT },
        { systemId, organisationId, source, sourceEvidenceId, title, description, link, ownerId, dueOn },
      );
    });
  }

  /**
   * Changes an open item. Fields that are undefined stay.
   * @throws Problem 412 when it has been changed since `version`; for a later day 422 without a reason, 403 for who may not close it, 409 OWN_WORK
   *   for its owner; 422 for a part that would be due after its whole.
   */
  async edit(actor: Actor, id: string, version: number, edit: PatchImprovementRequest): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const open = await requireOpenItem(m, actor, 'improvements:write', id);
      const { item, organisationId } = open;
      if (item.rowVersion !== version) throw new Problem(412, 'STALE');
      const { ownerId, dueOn } = edit;
      const newOwner = ownerId === item.ownerId ? undefined : ownerId;
      const newDay = dueOn === item.dueOn ? undefined : dueOn;
      await requireSoundItems(m, [{ organisationId, ownerId: newOwner, dueOn: newDay }], this.today());
      if (newDay !== undefined) await this.requireDay(m, actor, open, newDay, edit.reason ?? null);
      const changed = EDITABLE.filter((field) => edit[field] !== undefined && edit[field] !== item[field]);
      if (changed.length === 0) return;
      const part = (from: PatchImprovementRequest | ImprovementItem): object =>
        Object.fromEntries(changed.map((field) => [field, from[field]]));
      const values = { ...part(edit), rowVersion: version + 1 };
      requireFresh(await m.update(ImprovementItem, { id, rowVersion: version }, values));
      const reason = edit.reason ? { reason: edit.reason } : {};
      await this.record(m, actor, 'improvement.changed', open, part(item), { ...part(edit), ...reason });
      await this.refresh(m, open);
    });
  }

  /** Adds a report to the log of an open item, which is in progress from the first one on. */
  async report(actor: Actor, id: string, { text, percent = null, link = null }: ProgressRequest): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const open = await requireOpenItem(m, actor, 'improvements:write', id);
      const { rowVersion } = open.item;
      const entry = { id: newId(), itemId: id, at: this.clock.now(), authorId: actor.userId, text, percent, link };
      await m.insert(ImprovementProgress, entry);
      await m.update(ImprovementItem, { id }, { status: 'IN_PROGRESS', rowVersion: rowVersion + 1 });
      await this.record(m, actor, 'improvement.progressed', open, null, { text, percent, link });
    });
  }

  /** Whose the item will be, when the person may raise one there. */
  private async whose(
    m: EntityManager,
    actor: Actor,
    { systemId, organisationId }: RaiseImprovementRequest,
  ): Promise<string> {
    if (Boolean(systemId) === Boolean(organisationId)) throw fieldProblem(422, 'systemId', 'SYSTEM_OR_ORGANISATION');
    if (organisationId) {
      await requireNamedOrganisation(m, actor, 'improvements:write', organisationId, 'organisationId');
      return organisationId;
    }
    const system = await requireSystem(m, actor, 'improvements:write', systemId as string);
    if (await m.existsBy(System, { id: system.id, lifecycle: 'RETIRED' })) throw new Problem(409, 'SYSTEM_RETIRED');
    return system.organisationId;
  }

  /** A day may come nearer by anybody who works on the item; what is put off is agreed to by another person. */
  private async requireDay(
    m: EntityManager,
    actor: Actor,
    { item, ownerId }: OpenItem,
    dueOn: string,
    reason: string | null,
  ): Promise<void> {
    const whole = item.parentId && (await m.findOneByOrFail(ImprovementItem, { id: item.parentId }));
    if (whole && dueOn > whole.dueOn) throw fieldProblem(422, 'dueOn', 'AFTER_WHOLE', { latest: whole.dueOn });
    if (dueOn < item.dueOn) return;
    if (reason === null) throw fieldProblem(422, 'reason', 'REQUIRED');
    await requireOpenItem(m, actor, 'improvements:close', item.id);
    if (ownerId === actor.userId) throw new Problem(409, 'OWN_WORK');
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: 'improvement.changed' | 'improvement.progressed',
    { item, organisationId }: OpenItem,
    before: object | null,
    after: object,
  ): Promise<void> {
    return this.audit.record(m, actor, {
      ...{ action, recordType: 'improvement_item', recordId: item.id, organisationId },
      before: before && { ...before },
      after: { ...after },
    });
  }

  private async refresh(m: EntityManager, { item, organisationId }: OpenItem): Promise<void> {
    await (item.systemId
      ? this.ledger.refresh(m, [item.systemId])
      : this.ledger.refreshOrganisations(m, [organisationId]));
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}

/** The proof that an item comes from is one of its system that failed, and still counts. */
async function requireFailure(m: EntityManager, systemId: string | null, id: string): Promise<void> {
  const proof = systemId && (await m.findOneBy(Evidence, { id, systemId }));
  if (!proof) throw fieldProblem(422, 'sourceEvidenceId', 'NOT_FOUND');
  if (proof.outcome !== 'FAILED' || proof.supersededById) throw fieldProblem(422, 'sourceEvidenceId', 'NOT_A_FAILURE');
}
