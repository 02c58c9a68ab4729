import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { StateBadge } from '../../ui/badge';
import { EmptyState } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';

/** Obligations in the order of their dates; each leads to the dialog that clears it. */
export function DueList({ obligations }: { obligations: Obligation[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (obligations.length === 0) return <EmptyState title={t('readiness.nothingDue')} />;
  return (
    <ul className="@container divide-y divide-line border-y border-line">
      {obligations.map(
        ({ id, system, organisation, improvementItem, ruleTitle, backupRequirement, state, dueOn, owner }) => (
          <li key={id} className="grid gap-x-4 py-2 @xl:grid-cols-[1fr_auto]">
            <span className="min-w-0">
              {improvementItem ? (
                <Link to="/improvements/$itemId" params={{ itemId: improvementItem.id }} className="text-link font-700">
                  {improvementItem.title}
                </Link>
              ) : system ? (
                <Link
                  to="/systems/$systemId"
                  params={{ systemId: system.id }}
                  search={{ tab: 'obligations', act: id }}
                  className="text-link font-700"
                >
                  {ruleTitle}
                  {backupRequirement && t('obligations.ofDataset', { dataset: backupRequirement.dataset })}
                </Link>
              ) : (
                ruleTitle
              )}
              <span className="block text-[0.875rem] text-soft">
                {format.name(system ?? organisation)}
                {owner && ` — ${owner.displayName}`}
              </span>
            </span>
            <StateBadge state={state} dueOn={dueOn} />
          </li>
        ),
      )}
    </ul>
  );
}
