import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/id';
import { BackupProfile } from '../../registry/backup-requirements/profiles/backup-profile.entity';
import { DEMO_METHOD, DEMO_PROFILES, DEMO_RETENTION } from './demo-backups';

/** Writes the backup profiles of the ministry, and lets the requirements that ask for the same follow them. */
export async function writeDemoProfiles(m: EntityManager, organisationId: string): Promise<void> {
  for (const { name, intervalMinutes, copies } of DEMO_PROFILES)
    await m.insert(BackupProfile, {
      ...{ id: newId(), organisationId, name, method: DEMO_METHOD, retention: DEMO_RETENTION },
      ...{ intervalMinutes, rpoMinutes: intervalMinutes, copies: copies as never },
    });
  await m.query(
    `UPDATE backup_requirement b SET profile_id = p.id, follows_profile = true FROM backup_profile p
     WHERE (b.method, b.interval_minutes, b.rpo_minutes, b.retention, b.copies)
       = (p.method, p.interval_minutes, p.rpo_minutes, p.retention, p.copies)`,
  );
}
