import { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../audit/audit-log';
import type { HandOver } from './places';

/**
 * Gives the open improvement items that a person has in the systems handed over to who takes the place; those that name nobody follow the owner of the
 * system by themselves. @returns what is to be on record of it.
 */
export async function moveItems(m: EntityManager, moves: HandOver['moves']): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const { fromId, toId, systemIds } of moves) {
    if (toId === null) continue;
    const [moved] = await m.query<[{ id: string; organisationId: string }[], number]>(
      `UPDATE improvement_item i SET owner_id = $3, row_version = i.row_version + 1 FROM system s
       WHERE s.id = i.system_id AND i.system_id = ANY($1::uuid[]) AND i.owner_id = $2 AND i.ended_at IS NULL
       RETURNING i.id, s.organisation_id AS "organisationId"`,
      [systemIds, fromId, toId],
    );
    for (const { id, organisationId } of moved)
      entries.push({
        ...{ action: 'improvement.changed', recordType: 'improvement_item', recordId: id, organisationId },
        before: { ownerId: fromId },
        after: { ownerId: toId },
      });
  }
  return entries;
}
