import { EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { Permission } from '../../access/permissions';
import { AccessedSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { Problem } from '../../platform/http/problem';
import { BackupRequirement } from './backup-requirement.entity';

/**
 * A requirement, locked, with its system, if `actor` may do `permission` there.
 * @throws Problem 404 when it is not there or not to be seen, 403 when it can only be seen, 409 when it is withdrawn.
 */
export async function openRequirement(
  m: EntityManager,
  actor: Actor,
  permission: Permission,
  id: string,
): Promise<{ requirement: BackupRequirement; system: AccessedSystem }> {
  const requirement = await m.findOne(BackupRequirement, { where: { id }, lock: { mode: 'for_no_key_update' } });
  const system = await requireSystemOf(m, actor, permission, requirement?.systemId, 'BACKUP_REQUIREMENT_NOT_FOUND');
  if (!requirement || requirement.withdrawnOn) throw new Problem(409, 'BACKUP_REQUIREMENT_WITHDRAWN');
  return { requirement, system };
}
