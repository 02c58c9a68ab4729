import { useTranslation } from 'react-i18next';
import type { Tier, TierReadiness } from '../../../api/types';
import { Icon } from '../../../ui/icon';

/** By how many more or fewer systems of a tier are ready than a week and a month before. */
export function ChangeCell({ readiness, tier }: { readiness: TierReadiness; tier: Tier }) {
  const { t } = useTranslation();
  return (
    <ul>
      {readiness.changes.map(({ period, tiers }) => {
        const ready = tiers.find((each) => each.tier === tier)?.ready ?? 0;
        const way = ready > 0 ? 'more' : ready < 0 ? 'fewer' : 'same';
        const icon = { more: 'rise', fewer: 'fall', same: 'minus' } as const;
        return (
          <li
            key={period}
            className="flex items-center gap-1 text-[0.875rem] whitespace-nowrap print:whitespace-normal"
          >
            <Icon name={icon[way]} className="size-4" />
            {t(`change.${period}.${way}`, { count: Math.abs(ready) })}
          </li>
        );
      })}
    </ul>
  );
}
