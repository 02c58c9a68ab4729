import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { StateBadge } from '../../ui/badge';
import { EmptyState } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { placeOf } from '../obligations/clearing-place';

/** Obligations in the order of their dates; each leads to the dialog that clears it. */
export function DueList({ obligations }: { obligations: Obligation[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (obligations.length === 0) return <EmptyState title={t('readiness.nothingDue')} />;
  return (
    <ul className="@container divide-y divide-line border-y border-line">
      {obligations.map((obligation) => {
        const { id, system, organisation, improvementItem, ruleTitle, backupRequirement, state, dueOn, owner } =
          obligation;
        const place = placeOf(obligation);
        const title = improvementItem?.title ?? ruleTitle;
        return (
          <li key={id} className="grid gap-x-4 py-2 @xl:grid-cols-[1fr_auto]">
            <span className="min-w-0">
              {place ? (
                <Link {...place} className="text-link font-700">
                  {title}
                  {backupRequirement && t('obligations.ofDataset', { dataset: backupRequirement.dataset })}
                </Link>
              ) : (
                title
              )}
              <span className="block text-[0.875rem] text-soft">
                {format.name(system ?? organisation)}
                {owner && ` — ${owner.displayName}`}
              </span>
            </span>
            <StateBadge state={state} dueOn={dueOn} />
          </li>
        );
      })}
    </ul>
  );
}
