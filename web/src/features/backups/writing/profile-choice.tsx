import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BackupProfile } from '../../../api/types';
import { ComboField } from '../../../ui/form/combo-field';
import { useDuration } from '../../../ui/format/duration';
import { profilesQuery } from '../../backup-profiles/profile-queries';
import { usePermission } from '../../session/session';

interface ProfileChoiceProps {
  systemId: string;
  chosen: BackupProfile | null;
  onChoose: (profile: BackupProfile | null) => void;
}

/** Starts a requirement with the terms of a profile; nothing where there is none to choose. */
export function ProfileChoice({ systemId, chosen, onChoose }: ProfileChoiceProps) {
  const { t } = useTranslation();
  const duration = useDuration();
  const may = usePermission();
  const profiles = useQuery({
    ...profilesQuery({ systemId, limit: 200 }),
    enabled: may('backup-profiles:read'),
  }).data?.items;
  if (!profiles || profiles.length === 0) return null;
  return (
    <div className="mb-6 max-w-3xl">
      <ComboField
        name="profile"
        label={t('backups.fromProfile')}
        hint={t('backups.fromProfileHint')}
        placeholder={t('backups.ownTerms')}
        items={profiles.map(({ id, name, interval, retention }) => ({
          ...{ id, label: name },
          hint: t('backups.keptFor', { interval: duration(interval), retention: duration(retention) }),
        }))}
        value={chosen?.id ?? ''}
        onChange={(id) => onChoose(profiles.find((profile) => profile.id === id) ?? null)}
      />
    </div>
  );
}
