import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TierChange } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';

const LOOK = { REQUESTED: 'soon', APPROVED: 'met', REJECTED: 'none', WITHDRAWN: 'none' } as const;

/** From which tier to which, why, who asked and who decided. `ofSystem`: the system is named too. */
export function TierChangeFacts({ change, ofSystem = false }: { change: TierChange; ofSystem?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { system, organisation, fromTier, requestedTier, reason, status, requestedBy, requestedAt } = change;
  const { decidedBy, decidedAt, comment } = change;
  return (
    <div className="grid gap-1">
      {ofSystem && (
        <p>
          <Link
            to="/systems/$systemId"
            params={{ systemId: system.id }}
            search={{ tab: 'details' }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {format.name(system)}
          </Link>{' '}
          <span className="text-soft">{format.name(organisation)}</span>
        </p>
      )}
      <p className="flex flex-wrap items-center gap-2">
        <TierBadge tier={fromTier} />
        <span aria-hidden>→</span>
        <span className="sr-only">{t('tierChanges.to')}</span>
        <TierBadge tier={requestedTier} />
        <Tag look={LOOK[status]}>{t(`tierChangeStatus.${status}`)}</Tag>
      </p>
      <p>{reason ?? t('tierChanges.byImport')}</p>
      <p className="text-[0.875rem] text-soft">
        {t('tierChanges.requestedBy', { name: requestedBy.displayName, at: format.instant(requestedAt) })}
      </p>
      {decidedBy && status !== 'WITHDRAWN' && (
        <p className="text-[0.875rem] text-soft">
          {t('tierChanges.decidedBy', { name: decidedBy.displayName, at: format.instant(decidedAt) })}
          {comment && <span className="block whitespace-pre-wrap">{comment}</span>}
        </p>
      )}
    </div>
  );
}
