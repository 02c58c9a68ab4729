import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { Problem } from '../../../platform/http/problem';
import { BackupProfile } from './backup-profile.entity';

/**
 * SQL: whether a joined `backup_profile p` may be seen: of an organisation within the scope of the person, or of one above, since it may be used
 * below.
 */
export function profileVisible(actor: Actor, parameters: SqlParameters): string {
  const scope = scopeOf(actor, 'backup-profiles:read');
  const roots = parameters.bind(scope.organisationIds);
  return `(${scopeCondition(scope, parameters, 'p.organisation_id')} OR p.organisation_id IN (
    SELECT ancestor_id FROM organisation_closure WHERE organisation_id = ANY(${roots}::uuid[])))`;
}

/** SQL: whether the person may change a joined `backup_profile p`. */
export function profileWritable(actor: Actor, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, 'backup-profiles:write'), parameters, 'p.organisation_id');
}

/**
 * A profile that is in use, locked.
 * @param need what is to be done with it: to `use` it is open to who may see it, to `change` it to who may write it.
 * @throws Problem 404 when it is not there or not to be seen, 403 when it can only be seen, 409 when it is retired.
 */
export async function openProfile(
  m: EntityManager,
  actor: Actor,
  need: 'use' | 'change',
  id: string,
): Promise<BackupProfile> {
  const parameters = new SqlParameters();
  const key = parameters.bind(id);
  const [seen] = await m.query<{ writable: boolean }[]>(
    `SELECT ${profileWritable(actor, parameters)} AS writable FROM backup_profile p
     WHERE p.id = ${key} AND ${profileVisible(actor, parameters)}`,
    parameters.values,
  );
  if (!seen) throw new Problem(404, 'BACKUP_PROFILE_NOT_FOUND');
  if (need === 'change' && !seen.writable)
    throw new Problem(403, 'NOT_ALLOWED', { params: { permission: 'backup-profiles:write' } });
  // Whoever uses it is kept from a change half way, and others may use it beside.
  const mode = need === 'change' ? 'for_no_key_update' : 'pessimistic_read';
  const profile = await m.findOneOrFail(BackupProfile, { where: { id }, lock: { mode } });
  if (profile.retiredOn) throw new Problem(409, 'BACKUP_PROFILE_RETIRED');
  return profile;
}
