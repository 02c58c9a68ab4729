import { EntityManager } from 'typeorm';
import { Problem } from '../../platform/http/problem';
import { Actor } from '../actor';
import { Permission } from '../permissions';
import { AccessedSystem, requireSystem } from './system-access';

/**
 * The system that a record belongs to, if `actor` may do `permission` on it.
 * @param systemId undefined when there is no such record.
 * @throws Problem 404 with `notFound`, the same for a record that is not there and one that may not be seen; 403 when it can only be seen.
 */
export async function requireSystemOf(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  systemId: string | undefined,
  notFound: string,
): Promise<AccessedSystem> {
  if (systemId === undefined) throw new Problem(404, notFound);
  try {
    return await requireSystem(m, actor, permission, systemId);
  } catch (error) {
    throw error instanceof Problem && error.status === 404 ? new Problem(404, notFound) : error;
  }
}
