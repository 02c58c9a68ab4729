import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BackupFinding } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Notice } from '../../ui/feedback';
import { checkBodyOf, type TermsDraft } from './writing/backup-draft';
import { backupCheckQuery } from './backup-queries';

const SETTLED_MS = 400;

/** Where a requirement asks for less than the policy, in the words of the service; nothing when it does not. */
export function BackupFindings({ findings, title }: { findings: BackupFinding[]; title?: string }) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <Notice look="warning" title={title ?? t('backups.findings', { count: findings.length })}>
      <FindingList findings={findings} />
    </Notice>
  );
}

/** The findings alone, one below the other. */
export function FindingList({ findings }: { findings: BackupFinding[] }) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {findings.map((finding) => (
        <li key={`${finding.code}:${finding.text}`}>
          {finding.text} {finding.gating && <Tag look="late">{t('backups.gating')}</Tag>}
        </li>
      ))}
    </ul>
  );
}

/** What the service finds amiss in a requirement while it is being written, spoken when it changes. */
export function LiveFindings({ systemId, draft }: { systemId: string; draft: TermsDraft }) {
  const { t } = useTranslation();
  const said = useSettled(JSON.stringify(checkBodyOf(draft)));
  const { data } = useQuery(backupCheckQuery(systemId, said));
  return (
    <section aria-live="polite" className="grid gap-2">
      <h2>{t('backups.check')}</h2>
      {data && data.findings.length === 0 && <Notice look="success" title={t('backups.checkPassed')} />}
      {data && <BackupFindings findings={data.findings} />}
    </section>
  );
}

/** The value once it has stayed as it is for a moment. */
function useSettled(value: string): string {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
