import { useTranslation } from 'react-i18next';
import type { BackupCopy, ProfileEffect } from '../../api/types';
import { useDuration } from '../../ui/format/duration';
import { Facts } from '../../ui/page';
import { useMethodWord } from '../backups/backup-facts';

type Change = ProfileEffect['changes'][number];

const DURATIONS: readonly Change['field'][] = [
  ...(['interval', 'rpo', 'retention', 'verificationCadence', 'restoreTestCadence'] as const),
];

/** What a profile says otherwise, term by term. */
export function ChangeList({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const word = useMethodWord();
  const shown = ({ field }: Change, value: unknown): string => {
    if (value === null) return t('backups.notSet');
    if (field === 'copies')
      return (value as BackupCopy[]).map(({ site, medium }) => t('backups.copyAt', { site, medium })).join(' / ');
    if (DURATIONS.includes(field)) return duration(value as string);
    return field === 'method' ? word(value as string) : String(value);
  };
  return (
    <div className="mb-4">
      <Facts
        facts={changes.map((change) => [
          change.field === 'name' ? t('backupProfiles.name') : t(`backupFields.${change.field}`),
          <>
            {shown(change, change.before)} <span aria-hidden="true">→</span>
            <span className="sr-only">{t('backupProfiles.becomes')}</span> {shown(change, change.after)}
          </>,
        ])}
      />
    </div>
  );
}
