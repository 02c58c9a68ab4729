import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import type { Actor } from '../../access/actor';
import { AuditLog } from '../../audit/audit-log';
import { mayClose } from '../../core/improvement/closing';
import { localDate } from '../../core/time/zone';
import { EvidenceIntake } from '../../obligations/evidence-intake';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Problem } from '../../platform/http/problem';
import type { CloseImprovementRequest, PartRequest } from './dto/improvement.request';
import { ImprovementItem } from './improvement-item.entity';
import { ImprovementProgress } from './improvement-progress.entity';
import { type OpenItem, requireOpenItem } from './checking/item-access';
import { requireSoundItems } from './checking/item-check';
import { openItem } from './open-item';
import { findRetest } from './checking/retest';

/** What is decided about improvement items by who answers for them: parts, the end (domain.md section 4). */
@Injectable()
export class ImprovementDecisionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly intake: EvidenceIntake,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Gives organisations at or below the item's own a part of it each.
   * @throws Problem 409 PART_OF_ANOTHER for a part; 422 naming each organisation that is not below or has a part already, and each day after that
   *   of the whole.
   */
  async split(actor: Actor, id: string, parts: readonly PartRequest[]): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { item, organisationId } = await requireOpenItem(m, actor, 'improvements:close', id);
      if (item.parentId) throw new Problem(409, 'PART_OF_ANOTHER');
      const now = this.clock.now();
      const timeZone = this.config.TZ_DEFAULT;
      await this.requireParts(m, item, organisationId, parts, localDate(now, timeZone));
      for (const { organisationId: whose, ownerId, dueOn = item.dueOn } of parts)
        await openItem(
          { m, ledger: this.ledger, audit: this.audit, actor, now, timeZone },
          {
            ...{ systemId: null, organisationId: whose, parentId: id, source: item.source, title: item.title },
            ...{ ownerId: ownerId ?? null, dueOn },
          },
        );
      await m.update(ImprovementItem, { id }, { rowVersion: item.rowVersion + 1 });
    });
  }

  /**
   * Closes an item on a proof, which goes through the intake.
   * @throws Problem 409 OWN_WORK for its owner and for the only one who reported progress, PARTS_OPEN while an organisation has not done its part,
   *   RETEST_MISSING when it came from a failure and nothing of the same has passed since.
   */
  async close(actor: Actor, id: string, { note, link = null }: CloseImprovementRequest): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const open = await requireOpenItem(m, actor, 'improvements:close', id);
      const { item, ownerId } = open;
      await this.requireAnother(m, actor, open);
      await requirePartsEnded(m, id);
      const retestEvidenceId = item.sourceEvidenceId && (await findRetest(m, item.sourceEvidenceId));
      if (item.sourceEvidenceId && !retestEvidenceId) throw new Problem(409, 'RETEST_MISSING');
      const { evidenceIds } = await this.intake.take(m, [
        {
          ...{
            systemId: item.systemId,
            kind: 'REVIEW',
            subject: 'IMPROVEMENT',
            outcome: 'PASSED',
            strength: 'DECLARED',
          },
          ...{ performedAt: this.clock.now(), performerId: ownerId ?? actor.userId, recordedById: actor.userId },
          ...{ source: 'WORKFLOW', note, link: link ?? `/improvements/${id}` },
        },
      ]);
      const evidenceId = evidenceIds[0] ?? '';
      await this.end(m, actor, open, { status: 'CLOSED', comment: note, evidenceId, retestEvidenceId });
    });
  }

  /** Ends an item that is not to be done, saying why; the one who ends it is the approver. @throws Problem as `close`, but for the retest. */
  async cancel(actor: Actor, id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const open = await requireOpenItem(m, actor, 'improvements:close', id);
      await this.requireAnother(m, actor, open);
      await requirePartsEnded(m, id);
      await this.end(m, actor, open, { status: 'CANCELLED', comment: reason });
    });
  }

  private async requireAnother(m: EntityManager, actor: Actor, { item, ownerId }: OpenItem): Promise<void> {
    const reports = await m.find(ImprovementProgress, { where: { itemId: item.id }, select: { authorId: true } });
    const reporters = reports.map(({ authorId }) => authorId);
    if (!mayClose(actor.userId, ownerId, reporters)) throw new Problem(409, 'OWN_WORK');
  }

  private async requireParts(
    m: EntityManager,
    item: ImprovementItem,
    organisationId: string,
    parts: readonly PartRequest[],
    today: string,
  ): Promise<void> {
    const below = await m.query<{ id: string; taken: boolean }[]>(
      `SELECT c.organisation_id AS id, EXISTS (SELECT FROM improvement_item part
         WHERE part.parent_id = $2 AND part.organisation_id = c.organisation_id) AS taken
       FROM organisation_closure c WHERE c.ancestor_id = $1 AND c.organisation_id = ANY($3::uuid[])`,
      [organisationId, item.id, parts.map((part) => part.organisationId)],
    );
    const field = (index: number, name: string): string => `parts[${index}].${name}`;
    const problems = parts.flatMap((part, index) => {
      const found = below.find(({ id }) => id === part.organisationId);
      const again = parts.findIndex((other) => other.organisationId === part.organisationId) < index;
      const whose = found?.taken || again ? 'DUPLICATE' : found ? null : 'NOT_FOUND';
      return [
        ...(whose ? [{ field: field(index, 'organisationId'), code: whose }] : []),
        ...(part.dueOn !== undefined && part.dueOn > item.dueOn
          ? [{ field: field(index, 'dueOn'), code: 'AFTER_WHOLE', params: { latest: item.dueOn } }]
          : []),
      ];
    });
    const checked = parts.map((part, index) => ({ ...part, field: field(index, '') }));
    await requireSoundItems(m, checked, today, problems);
  }

  private async end(
    m: EntityManager,
    actor: Actor,
    { item, organisationId }: OpenItem,
    end: Pick<ImprovementItem, 'status' | 'comment'> & Partial<ImprovementItem>,
  ): Promise<void> {
    const { id, status, systemId, rowVersion } = item;
    const by = { endedById: actor.userId, endedAt: this.clock.now(), rowVersion: rowVersion + 1 };
    await m.update(ImprovementItem, { id }, { ...end, ...by });
    await this.audit.record(m, actor, {
      action: end.status === 'CLOSED' ? 'improvement.closed' : 'improvement.cancelled',
      recordType: 'improvement_item',
      recordId: id,
      organisationId,
      before: { status },
      after: { ...end },
    });
    await (systemId ? this.ledger.refresh(m, [systemId]) : this.ledger.refreshOrganisations(m, [organisationId]));
  }
}

async function requirePartsEnded(m: EntityManager, id: string): Promise<void> {
  const open = { parentId: id, status: Not(In(['CLOSED', 'CANCELLED'] as const)) };
  if (await m.existsBy(ImprovementItem, open as never)) throw new Problem(409, 'PARTS_OPEN');
}
