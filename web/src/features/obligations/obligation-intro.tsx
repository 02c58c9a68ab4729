import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { StateBadge } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';

/** Which obligation a dialog is about, and why it stands as it does. */
export function ObligationIntro({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ruleTitle, backupRequirement, system, organisation, state, dueOn, reason } = obligation;
  return (
    <div className="mb-6 rounded-8 bg-sunken p-4">
      <p className="mb-1 font-700">
        {ruleTitle}
        {backupRequirement && t('obligations.ofDataset', { dataset: backupRequirement.dataset })}
        <span className="ms-2 font-400 text-soft">{format.name(system ?? organisation)}</span>
      </p>
      <StateBadge state={state} dueOn={dueOn} />
      <p className="mt-1 text-[0.9375rem]">{reason.text}</p>
    </div>
  );
}
