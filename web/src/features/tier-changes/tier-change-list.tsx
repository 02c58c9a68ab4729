import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { TierChange } from '../../api/types';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { announce } from '../../ui/toast';
import { refreshSystem } from '../systems/system-queries';
import { DecideTierDialog } from './tier-change-dialogs';
import { TierChangeFacts } from './tier-change-facts';

/** Requests with what the signed-in person may do about each. */
export function TierChangeList({ changes, ofSystem = false }: { changes: TierChange[]; ofSystem?: boolean }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {changes.map((change) => (
        <Row key={change.id} change={change} ofSystem={ofSystem} />
      ))}
    </ul>
  );
}

function Row({ change, ofSystem }: { change: TierChange; ofSystem: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const withdraw = useMutation({
    mutationFn: () => api.post(`/tier-changes/${change.id}/withdraw`, {}),
    onSuccess: () => {
      announce(t('tierChanges.done.withdraw'));
      void refreshSystem(client);
    },
  });
  const may = (step: TierChange['offered'][number]): boolean => change.offered.includes(step);
  const named = (step: 'approve' | 'reject' | 'withdraw') => ({
    children: t(`tierChanges.decide.${step}`),
    'aria-label': t('tierChanges.of', { step: t(`tierChanges.decide.${step}`), system: change.system.name }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 py-4">
      <TierChangeFacts change={change} ofSystem={ofSystem} />
      <div className="no-print flex flex-wrap gap-2">
        {may('approve') && <Button look="primary" onPress={() => setOpen('approve')} {...named('approve')} />}
        {may('reject') && <Button onPress={() => setOpen('reject')} {...named('reject')} />}
        {may('withdraw') && (
          <Button isPending={withdraw.isPending} onPress={() => withdraw.mutate()} {...named('withdraw')} />
        )}
      </div>
      {withdraw.error && <ProblemNotice error={withdraw.error} />}
      {open && <DecideTierDialog change={change} decision={open} onClose={() => setOpen(null)} />}
    </li>
  );
}
