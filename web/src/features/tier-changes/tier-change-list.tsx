import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TierChange } from '../../api/types';
import { Button } from '../../ui/button';
import { WithdrawDialog } from '../../ui/form/withdraw-dialog';
import { useFormat } from '../../ui/format/format';
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
  const format = useFormat();
  const client = useQueryClient();
  const [open, setOpen] = useState<'approve' | 'reject' | 'withdraw' | null>(null);
  const close = () => setOpen(null);
  const may = (step: TierChange['offered'][number]): boolean => change.offered.includes(step);
  const named = (step: 'approve' | 'reject' | 'withdraw') => ({
    children: t(`tierChanges.decide.${step}`),
    'aria-label': t('tierChanges.of', { step: t(`tierChanges.decide.${step}`), system: format.name(change.system) }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 py-4">
      <TierChangeFacts change={change} ofSystem={ofSystem} />
      <div className="no-print flex flex-wrap gap-2">
        {may('approve') && <Button look="primary" onPress={() => setOpen('approve')} {...named('approve')} />}
        {may('reject') && <Button onPress={() => setOpen('reject')} {...named('reject')} />}
        {may('withdraw') && <Button onPress={() => setOpen('withdraw')} {...named('withdraw')} />}
      </div>
      {open === 'withdraw' && (
        <WithdrawDialog
          path={`/tier-changes/${change.id}/withdraw`}
          title={t('tierChanges.title.withdraw')}
          text={t('tierChanges.withdrawText')}
          done={t('tierChanges.done.withdraw')}
          onDone={() => void refreshSystem(client)}
          onClose={close}
        />
      )}
      {open && open !== 'withdraw' && <DecideTierDialog change={change} decision={open} onClose={close} />}
    </li>
  );
}
