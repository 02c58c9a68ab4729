import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import type { Permission } from '../../../access/permissions';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { Problem } from '../../../platform/http/problem';
import { ImprovementItem } from '../improvement-item.entity';

/** Whose an item is: its system's organisation, or the one that it names. For a joined `improvement_item i` and `system s`. */
export const ORGANISATION_OF_ITEM = 'coalesce(s.organisation_id, i.organisation_id)';

/** Who works on an item: its own owner, else the owner of its system. */
export const OWNER_OF_ITEM = 'coalesce(i.owner_id, s.owner_id)';

/** Those to whom an item belongs, for grants that reach what is one's own only. */
export const OWNERS = ['i.owner_id', 's.owner_id', 's.deputy_id'];

/** SQL: whether `actor` may do `permission` on an item. */
export function itemCondition(actor: Actor, permission: Permission, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, permission), parameters, ORGANISATION_OF_ITEM, OWNERS);
}

/** An item that is being written, locked, with whose it is. */
export interface OpenItem {
  item: ImprovementItem;
  organisationId: string;
  /** Who works on it. */
  ownerId: string | null;
}

/**
 * The open item, locked, if `actor` may do `permission` on it.
 * @throws Problem 404 when it may not be seen, 403 when it can only be seen, 409 IMPROVEMENT_ENDED when it is closed or cancelled.
 */
export async function requireOpenItem(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  id: string,
): Promise<OpenItem> {
  const parameters = new SqlParameters();
  const [found] = await m.query<{ organisationId: string; ownerId: string | null; allowed: boolean }[]>(
    `SELECT ${ORGANISATION_OF_ITEM} AS "organisationId", ${OWNER_OF_ITEM} AS "ownerId",
       ${itemCondition(actor, permission, parameters)} IS TRUE AS allowed
     FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id
     WHERE i.id = ${parameters.bind(id)} AND ${itemCondition(actor, 'systems:read', parameters)} FOR NO KEY UPDATE OF i`,
    parameters.values,
  );
  if (!found) throw new Problem(404, 'IMPROVEMENT_NOT_FOUND');
  const { organisationId, ownerId, allowed } = found;
  if (!allowed) throw new Problem(403, 'NOT_ALLOWED', { params: { permission } });
  const item = await m.findOneByOrFail(ImprovementItem, { id });
  if (item.status === 'CLOSED' || item.status === 'CANCELLED') throw new Problem(409, 'IMPROVEMENT_ENDED');
  return { item, organisationId, ownerId };
}
