import { EntityManager } from 'typeorm';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { Actor } from '../actor';
import { Permission } from '../permissions';
import { requireOrganisation } from '../scope/system-access';

/**
 * Checks that `actor` may do `permission` on an organisation that a request names in `field`.
 * @throws Problem 422 about the field when the organisation cannot be seen, 403 when it can only be seen.
 */
export async function requireNamedOrganisation(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  organisationId: string,
  field: string,
): Promise<void> {
  try {
    await requireOrganisation(m, actor, permission, organisationId);
  } catch (error) {
    throw error instanceof Problem && error.status === 404 ? fieldProblem(422, field, 'NOT_FOUND') : error;
  }
}
