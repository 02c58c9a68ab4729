import { useTranslation } from 'react-i18next';
import type { Assessment, System } from '../../api/types';
import { TierBadge } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';

interface OutdatedNoticeProps {
  system: System;
  outdated: NonNullable<Assessment['outdated']>;
  mayAssess: boolean;
}

/** Says since when and because of which dependents a suggestion is outdated, what the answers suggest now, and lets one assess again. */
export function OutdatedNotice({ system, outdated, mayAssess }: OutdatedNoticeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { since, suggestedTier, dependents, hidden } = outdated;
  return (
    <Notice look="warning" title={t('importance.outdated', { at: format.instant(since) })}>
      <ul className="list-disc ps-6">
        {dependents.map(({ from, to, ...dependent }) => (
          <li key={dependent.systemId}>
            {t(changeKey(from, to), {
              name: format.name(dependent),
              from: from && t(`domain:tier.${from}`),
              to: to && t(`domain:tier.${to}`),
            })}
          </li>
        ))}
        {hidden > 0 && <li>{t('importance.outdatedHidden', { count: hidden })}</li>}
      </ul>
      <p className="my-2 flex flex-wrap items-center gap-2">
        {t('importance.outdatedNow')} <TierBadge tier={suggestedTier} />
      </p>
      {mayAssess && (
        <div className="no-print">
          <LinkButton to="/systems/$systemId/importance/new" params={{ systemId: system.id }}>
            {t('importance.reassess')}
          </LinkButton>
        </div>
      )}
    </Notice>
  );
}

function changeKey(from: string | null, to: string | null) {
  if (from === null) return 'importance.dependentAdded';
  return to === null ? 'importance.dependentRemoved' : 'importance.dependentChanged';
}
