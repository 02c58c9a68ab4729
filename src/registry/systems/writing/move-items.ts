import { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../audit/audit-log';
import type { MovedPlace } from '../../../obligations/notices/move-reminders';
import { unnest } from '../../../platform/database/unnest';

/**
 * Gives the open improvement items that people have in systems whose place they leave to who takes the place, or where nobody does to nobody: those
 * follow the owner of the system by themselves. @returns what is to be on record of it.
 */
export async function moveItems(m: EntityManager, moved: readonly MovedPlace[]): Promise<AuditEntry[]> {
  if (moved.length === 0) return [];
  const { source, values } = unnest(moved, { systemId: 'uuid', fromId: 'uuid', toId: 'uuid' }, 'moved');
  const [rows] = await m.query<[{ id: string; organisationId: string; fromId: string; toId: string | null }[], number]>(
    `UPDATE improvement_item i SET owner_id = moved.to_id, row_version = i.row_version + 1
     FROM ${source} JOIN system s ON s.id = moved.system_id
     WHERE i.system_id = moved.system_id AND i.owner_id = moved.from_id AND i.ended_at IS NULL
     RETURNING i.id, s.organisation_id AS "organisationId", moved.from_id AS "fromId", moved.to_id AS "toId"`,
    values,
  );
  return rows.map(({ id, organisationId, fromId, toId }) => ({
    ...{ action: 'improvement.changed', recordType: 'improvement_item', recordId: id, organisationId },
    before: { ownerId: fromId },
    after: { ownerId: toId },
  }));
}
