import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupCopy, BackupTerms } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useDuration } from '../../ui/format/duration';
import { Facts } from '../../ui/page';
import { METHODS } from './writing/backup-draft';

const PROTECTIONS = ['offsite', 'offline', 'immutable', 'encrypted'] as const;

function Copy({ copy }: { copy: BackupCopy }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-2 py-1">
      <span>{t('backups.copyAt', { site: copy.site, medium: copy.medium })}</span>
      {copy.account && (
        <span className="text-[0.875rem] text-soft">{t('backups.apart', { account: copy.account })}</span>
      )}
      {PROTECTIONS.filter((name) => copy[name]).map((name) => (
        <Tag key={name}>{t(`backups.protection.${name}`)}</Tag>
      ))}
    </li>
  );
}

/** The word of a usual method in the language of the page; any other text as it was written. */
export function useMethodWord(): (method: string) => string {
  const { t } = useTranslation();
  return (method) => {
    const usual = METHODS.find((each) => each === method);
    return usual ? t(`backupMethod.${usual}`) : method;
  };
}

/** What a backup requirement, or a profile, asks for. */
export function BackupFacts({ requirement }: { requirement: BackupTerms }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const word = useMethodWord();
  const every = (cadence: string | null) =>
    cadence ? t('backups.every', { cadence: duration(cadence) }) : t('backups.asPolicy');
  const facts: [string, ReactNode][] = [
    [t('backupFields.method'), word(requirement.method)],
    [t('backupFields.interval'), duration(requirement.interval)],
    [t('backupFields.rpo'), duration(requirement.rpo)],
    [t('backupFields.retention'), duration(requirement.retention)],
    [t('backupFields.generations'), requirement.generations ?? t('backups.notSet')],
    [t('backupFields.verificationCadence'), every(requirement.verificationCadence)],
    [t('backupFields.restoreTestCadence'), every(requirement.restoreTestCadence)],
    [
      t('backupFields.copies'),
      <ul>
        {requirement.copies.map((copy, index) => (
          <Copy key={index} copy={copy} />
        ))}
      </ul>,
    ],
  ];
  return <Facts facts={facts} />;
}
