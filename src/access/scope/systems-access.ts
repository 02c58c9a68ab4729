import { EntityManager } from 'typeorm';
import { Actor, scopeOf } from '../actor';
import { Permission } from '../permissions';
import { scopeCondition, SqlParameters } from './scope-sql';

/** Of many systems at once: whether `actor` may do `permission` on each. What the person may not even read is missing. */
export async function accessToSystems(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  systemIds: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const parameters = new SqlParameters();
  const condition = (needed: Permission): string =>
    scopeCondition(scopeOf(actor, needed), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
  const rows = await m.query<{ id: string; allowed: boolean }[]>(
    `SELECT s.id, ${condition(permission)} IS TRUE AS allowed FROM system s
     WHERE s.id = ANY(${parameters.bind(systemIds)}::uuid[]) AND ${condition('systems:read')}`,
    parameters.values,
  );
  return new Map(rows.map(({ id, allowed }) => [id, allowed]));
}
