import type { EntityManager } from 'typeorm';
import { Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import { RoleAssignment } from '../role-assignment.entity';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import { visible } from './users.queries';

/** @throws Problem 404 when the actor may not see the person, 409 USER_ERASED when there is nothing left to change. */
export async function requireVisible(m: EntityManager, actor: Actor, id: string): Promise<void> {
  const parameters = new SqlParameters();
  const [person] = (await m.query(
    `SELECT u.erased_at IS NOT NULL AS erased FROM app_user u
     WHERE u.id = ${parameters.bind(id)} AND ${visible(actor, parameters)}`,
    parameters.values,
  )) as { erased: boolean }[];
  if (!person) throw new Problem(404, 'USER_NOT_FOUND');
  if (person.erased) throw new Problem(409, 'USER_ERASED');
}

/** @throws as `requireVisible`, and Problem 403 when the person has a role where the actor administers nothing. */
export async function requireManageable(m: EntityManager, actor: Actor, id: string): Promise<void> {
  await requireVisible(m, actor, id);
  const parameters = new SqlParameters();
  const elsewhere = (await m.query(
    `SELECT FROM role_assignment WHERE user_id = ${parameters.bind(id)}
       AND NOT ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'organisation_id')} LIMIT 1`,
    parameters.values,
  )) as unknown[];
  if (elsewhere.length > 0) throw new Problem(403, 'USER_HELD_ELSEWHERE');
}

/** The organisations that the person administers, for `requireAdmins` after a change. */
export async function administeredBy(m: EntityManager, userId: string): Promise<string[]> {
  const roles = await m.findBy(RoleAssignment, { userId, role: 'ADMIN' });
  return roles.map(({ organisationId }) => organisationId);
}

/** Nobody may take away the last administrator of an organisation who can sign in, be it themself. @throws Problem 422 LAST_ADMIN. */
export async function requireAdmins(m: EntityManager, organisationIds: readonly string[]): Promise<void> {
  const orphans = (await m.query(
    `SELECT FROM unnest($1::uuid[]) AS orphan WHERE NOT EXISTS (
       SELECT FROM organisation_closure c
       JOIN role_assignment r ON r.organisation_id = c.ancestor_id AND r.role = 'ADMIN'
       JOIN app_user u ON u.id = r.user_id AND u.active AND u.password_hash IS NOT NULL
       WHERE c.organisation_id = orphan AND c.details_open)`,
    [organisationIds],
  )) as unknown[];
  if (orphans.length > 0) throw new Problem(422, 'LAST_ADMIN');
}
