import { EntityManager } from 'typeorm';
import { Problem } from '../../platform/http/problem';
import { Actor, scopeOf } from '../actor';
import { Permission } from '../permissions';
import { scopeCondition, SqlParameters } from './scope-sql';

/** What access decisions need of a system. */
export interface AccessedSystem {
  id: string;
  organisationId: string;
  ownerId: string | null;
  deputyId: string | null;
}

/**
 * The system, if `actor` may do `permission` on it.
 * @throws Problem 404 when the person may not even read it, 403 when reading is all they may.
 */
export async function requireSystem(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  systemId: string,
): Promise<AccessedSystem> {
  const parameters = new SqlParameters();
  const condition = (needed: Permission): string =>
    scopeCondition(scopeOf(actor, needed), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
  const [row] = (await m.query(
    `SELECT s.id, s.organisation_id AS "organisationId", s.owner_id AS "ownerId", s.deputy_id AS "deputyId",
       ${condition(permission)} AS allowed
     FROM system s WHERE s.id = ${parameters.bind(systemId)} AND ${condition('systems:read')}`,
    parameters.values,
  )) as (AccessedSystem & { allowed: boolean })[];
  if (!row) throw new Problem(404, 'SYSTEM_NOT_FOUND');
  if (!row.allowed) throw new Problem(403, 'NOT_ALLOWED', { params: { permission } });
  return row;
}

/**
 * Checks that `actor` may do `permission` on an organisation.
 * @throws Problem 404 when the organisation cannot be seen, 403 when it can only be seen.
 */
export async function requireOrganisation(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  organisationId: string,
): Promise<void> {
  const parameters = new SqlParameters();
  const condition = (needed: Permission): string => scopeCondition(scopeOf(actor, needed), parameters, 'o.id');
  const [row] = (await m.query(
    `SELECT ${condition(permission)} AS allowed FROM organisation o
     WHERE o.id = ${parameters.bind(organisationId)} AND ${condition('organisations:read')}`,
    parameters.values,
  )) as { allowed: boolean }[];
  if (!row) throw new Problem(404, 'ORGANISATION_NOT_FOUND');
  if (!row.allowed) throw new Problem(403, 'NOT_ALLOWED', { params: { permission } });
}
