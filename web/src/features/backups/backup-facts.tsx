import { useTranslation } from 'react-i18next';
import type { BackupCopy, BackupRequirement } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useDuration } from '../../ui/format/duration';
import { Facts } from '../../ui/page';

const PROTECTIONS = ['offsite', 'offline', 'immutable', 'encrypted'] as const;

function Copy({ copy }: { copy: BackupCopy }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-2 py-1">
      <span>{t('backups.copyAt', { site: copy.site, medium: copy.medium })}</span>
      {copy.account && <span className="text-[0.875rem] text-soft">{copy.account}</span>}
      {PROTECTIONS.filter((name) => copy[name]).map((name) => (
        <Tag key={name}>{t(`backups.protection.${name}`)}</Tag>
      ))}
    </li>
  );
}

/** What a backup requirement asks for. */
export function BackupFacts({ requirement }: { requirement: BackupRequirement }) {
  const { t } = useTranslation();
  const duration = useDuration();
  return (
    <Facts
      facts={[
        [t('backupFields.method'), requirement.method],
        [t('backupFields.interval'), duration(requirement.interval)],
        [t('backupFields.rpo'), duration(requirement.rpo)],
        [t('backupFields.retention'), duration(requirement.retention)],
        [
          t('backupFields.copies'),
          <ul>
            {requirement.copies.map((copy, index) => (
              <Copy key={index} copy={copy} />
            ))}
          </ul>,
        ],
      ]}
    />
  );
}
