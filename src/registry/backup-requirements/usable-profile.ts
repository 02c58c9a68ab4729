import type { EntityManager } from 'typeorm';
import { fieldProblem } from '../../platform/http/problem';
import { BackupProfile } from './profiles/backup-profile.entity';

/**
 * A profile that is in use at an organisation or above it, kept from changing until the transaction ends.
 * @throws Problem 422 about `backupProfileId`, the same for one that is not there.
 */
export async function usableProfile(m: EntityManager, id: string, organisationId: string): Promise<BackupProfile> {
  const [usable] = await m.query<{ id: string }[]>(
    `SELECT p.id FROM backup_profile p JOIN organisation_closure c ON c.ancestor_id = p.organisation_id
     WHERE p.id = $1 AND c.organisation_id = $2 AND p.retired_on IS NULL FOR SHARE OF p`,
    [id, organisationId],
  );
  if (!usable) throw fieldProblem(422, 'backupProfileId', 'NOT_FOUND');
  return m.findOneByOrFail(BackupProfile, { id });
}
