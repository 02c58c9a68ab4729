import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { System, Tier, TierChange } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { RadioField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { refreshSystem } from '../systems/system-queries';
import { TierChangeFacts } from './tier-change-facts';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];

/** Asks for another tier of a system. */
export function RequestTierDialog({ system, onClose }: { system: System; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<{ tier: Tier | ''; reason: string }, unknown>({
    initial: { tier: '', reason: '' },
    required: () => ['tier', 'reason'],
    save: (asked) => api.post(`/systems/${system.id}/tier-changes`, asked),
    onSaved: () => {
      announce(t('tierChanges.requested'));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { tier: t('tierChanges.newTier'), reason: t('tierChanges.reason') };
  return (
    <Dialog title={t('tierChanges.request')} onClose={onClose}>
      <p className="mb-4">{t('tierChanges.text')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('tierChanges.requestSubmit')} onCancel={onClose}>
        <RadioField
          {...form.bind('tier')}
          label={labels.tier}
          options={TIERS.filter((tier) => tier !== system.tier).map((value) => ({
            value,
            label: t(`domain:tier.${value}`),
          }))}
        />
        <TextField {...form.bind('reason')} label={labels.reason} rows={3} />
      </Form>
    </Dialog>
  );
}

/** Approves a request, or rejects it with a reason. */
export function DecideTierDialog({
  change,
  decision,
  onClose,
}: {
  change: TierChange;
  decision: 'approve' | 'reject';
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { comment: '' },
    required: () => (decision === 'reject' ? ['comment'] : []),
    save: ({ comment }) => api.post(`/tier-changes/${change.id}/${decision}`, comment ? { comment } : {}),
    onSaved: () => {
      announce(t(`tierChanges.done.${decision}`));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { comment: t(decision === 'approve' ? 'procedures.comment' : 'tierChanges.why') };
  return (
    <Dialog title={t(`tierChanges.title.${decision}`)} onClose={onClose}>
      <div className="mb-6">
        <TierChangeFacts change={change} ofSystem />
      </div>
      <Form
        {...form}
        labels={labels}
        onSubmit={form.submit}
        submit={t(`tierChanges.decide.${decision}`)}
        onCancel={onClose}
      >
        <TextField {...form.bind('comment')} label={labels.comment} rows={2} />
      </Form>
    </Dialog>
  );
}
