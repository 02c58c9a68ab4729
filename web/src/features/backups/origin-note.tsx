import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement } from '../../api/types';
import { usePermission } from '../session/session';

/** From which profile a requirement came, and whether it still follows it. */
export function OriginNote({ requirement: { profile } }: { requirement: Pick<BackupRequirement, 'profile'> }) {
  const { t } = useTranslation();
  const may = usePermission();
  if (!profile) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      {t(profile.follows ? 'backups.follows' : 'backups.cameFrom')}
      {may('backup-profiles:read') ? (
        <Link
          to="/backup-profiles/$profileId"
          params={{ profileId: profile.id }}
          className="text-link inline-flex min-h-6 items-center"
        >
          {profile.name}
        </Link>
      ) : (
        <span>{profile.name}</span>
      )}
    </p>
  );
}
