import type { EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import type { AuditLog } from '../../audit/audit-log';
import { defaultDueOn } from '../../core/improvement/improvement-item';
import { localDate } from '../../core/time/zone';
import type { ObligationLedger } from '../../obligations/obligation-ledger';
import { newId } from '../../platform/database/id';
import { ImprovementItem } from './improvement-item.entity';

/** An item as it is raised; what is not said is null, its day follows from its source. */
export type NewItem = Pick<ImprovementItem, 'source' | 'title'> &
  Partial<Pick<ImprovementItem, 'sourceEvidenceId' | 'description' | 'link' | 'ownerId' | 'dueOn' | 'parentId'>> & {
    /** Null: about no single system, and the organisation's own. */
    systemId: string | null;
    /** Of the system, or whose it is. */
    organisationId: string;
  };

/** In what an item is written: the transaction of whoever found it, such as that of a drill that failed. */
export interface Opening {
  m: EntityManager;
  ledger: ObligationLedger;
  audit: AuditLog;
  actor: Actor;
  now: Date;
  timeZone: string;
}

/**
 * Opens an improvement item, which is owed from then on (docs/domain.md section 4). Without an owner of its own it is the system owner's. A failed drill gives
 * its evidence as `sourceEvidenceId`; the item then closes with the retest only. The caller has checked that the actor may.
 * @returns its id.
 */
export async function openItem(opening: Opening, item: NewItem): Promise<string> {
  const { m, ledger, audit, actor, now, timeZone } = opening;
  const { systemId, organisationId, source, title } = item;
  const { sourceEvidenceId = null, description = null, link = null, ownerId = null, parentId = null } = item;
  const dueOn = item.dueOn ?? defaultDueOn(source, localDate(now, timeZone));
  const id = newId();
  const said = { source, sourceEvidenceId, title, ownerId, dueOn };
  await m.insert(ImprovementItem, {
    ...{ id, systemId, organisationId: systemId === null ? organisationId : null, parentId },
    ...{ ...said, description, link, openedById: actor.userId, openedAt: now },
  });
  await audit.record(m, actor, {
    action: 'improvement.opened',
    recordType: 'improvement_item',
    recordId: id,
    organisationId,
    after: { systemId, parentId, ...said },
  });
  await (systemId === null ? ledger.refreshOrganisations(m, [organisationId]) : ledger.refresh(m, [systemId]));
  return id;
}
