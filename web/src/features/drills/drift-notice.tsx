import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Drill } from '../../api/types';
import { Notice } from '../../ui/feedback';

interface DriftNoticeProps {
  drift: Drill['drift'];
  drilled: Drill['procedure'];
  systemId: string;
}

/** That the procedure in force is another one than the one that is drilled, and in which steps. */
export function DriftNotice({ drift, drilled, systemId }: DriftNoticeProps) {
  const { t } = useTranslation();
  if (!drift || !drilled) return null;
  return (
    <div className="mb-6">
      <Notice look="warning" title={t('drills.drift', { drilled: drilled.version, current: drift.version })}>
        <ul className="list-disc ps-5">
          {drift.steps.map(({ change, key, title }) => (
            <li key={key}>{t(`drills.driftOf.${change}`, { title })}</li>
          ))}
        </ul>
        <Link
          to="/systems/$systemId/procedures/$versionId"
          params={{ systemId, versionId: drift.versionId }}
          className="text-link inline-flex min-h-6 items-center"
        >
          {t('drills.toCurrent')}
        </Link>
      </Notice>
    </div>
  );
}
