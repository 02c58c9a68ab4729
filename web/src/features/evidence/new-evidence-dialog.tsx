import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { neededFor } from '../obligations/clear-obligation';
import { useAllowed } from '../systems/use-allowed';
import { systemObligationsQuery } from '../systems/system-queries';
import { EvidenceDialog } from './evidence-dialog';

/** First asks which obligation the proof is for; its kind then decides the fields. */
export function NewEvidenceDialog({ systemId, onClose }: { systemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const obligations = useQuery(systemObligationsQuery(systemId));
  const takesEvidence = ({ action, state }: Obligation) =>
    action.evidenceKind !== null && state !== 'NOT_APPLICABLE' && may(neededFor(action));
  const [chosen, setChosen] = useState<Obligation | null>(null);
  if (chosen?.action.evidenceKind) {
    return (
      <EvidenceDialog systemId={systemId} kind={chosen.action.evidenceKind} obligation={chosen} onClose={onClose} />
    );
  }
  return (
    <Dialog title={t('evidence.new')} onClose={onClose}>
      <Loaded query={obligations}>
        {({ items }) => (
          <SelectField
            name="obligation"
            label={t('evidence.forObligation')}
            isRequired
            value=""
            onChange={(id) => setChosen(items.find((each) => each.id === id) ?? null)}
            options={items.filter(takesEvidence).map(({ id, ruleTitle, backupRequirement, state }) => ({
              value: id,
              label: `${ruleTitle}${backupRequirement ? t('obligations.ofDataset', { dataset: backupRequirement.dataset }) : ''}${t('text.aside', { text: t(`domain:state.${state}`) })}`,
            }))}
          />
        )}
      </Loaded>
    </Dialog>
  );
}
