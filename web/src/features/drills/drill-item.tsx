import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrillSummary } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { useMinutes } from './minutes';

const LOOK = { PLANNED: 'none', UNDER_WAY: 'soon', HELD: 'met', CANCELLED: 'none' } as const;

/** A drill or outage in a list. */
export function DrillItem({ drill, withSystem = false }: { drill: DrillSummary; withSystem?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  const { system, kind, type, status } = drill;
  return (
    <li className="grid gap-1 py-3">
      <h3>
        <Link
          to="/drills/$drillId"
          params={{ drillId: drill.id }}
          className="text-link inline-flex min-h-6 items-center"
        >
          {drill.title}
        </Link>
      </h3>
      <p className="flex flex-wrap items-center gap-2">
        <Tag look={LOOK[status]}>{t(`drillStatus.${status}`)}</Tag>
        <span>{type ? t(`domain:drillType.${type}`) : t(`drillKind.${kind}`)}</span>
        <span>{t('drills.at', { at: format.instant(drill.scheduledAt) })}</span>
        <span className="text-soft">{minutes(drill.plannedMinutes)}</span>
      </p>
      {withSystem && (
        <p className="flex flex-wrap items-center gap-2">
          <span>{format.name(system)}</span>
          <TierBadge tier={system.tier} />
          <span className="text-soft">{format.name(drill.organisation)}</span>
        </p>
      )}
      {drill.participantCount > 0 && (
        <p className="text-[0.9375rem] text-soft">
          {t('drills.confirmed', { confirmed: drill.acknowledgedCount, booked: drill.participantCount })}
        </p>
      )}
    </li>
  );
}
