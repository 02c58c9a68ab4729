import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Assessment, System, Tier } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { useDuration } from '../../ui/format/duration';
import { CheckField, RadioField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { refreshSystem } from '../systems/system-queries';
import { RtoAboveMtd } from './rto-above-mtd';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];

interface ApproveDialogProps {
  system: System;
  assessment: Assessment;
  onClose: () => void;
}

/** Gives the system a tier on somebody's answers: the suggested one, or another for a reason. */
export function ApproveDialog({ system, assessment, onClose }: ApproveDialogProps) {
  const { t } = useTranslation();
  const duration = useDuration();
  const client = useQueryClient();
  // Lowering a HIGH system is for the CISO office; others may confirm the tier that it has.
  const isHeld = system.tier === 'HIGH' && !system.allowed.includes('high-tiers:lower');
  const tiers = isHeld ? TIERS.slice(0, 1) : TIERS;
  const form = useForm<{ tier: Tier | ''; rationale: string; setMtd: boolean }, unknown>({
    initial: { tier: isHeld ? system.tier : assessment.suggestedTier, rationale: '', setMtd: false },
    required: () => ['tier', 'rationale'],
    save: (decision) => api.post(`/importance-assessments/${assessment.id}/approve`, decision),
    onSaved: () => {
      announce(t('importance.approved'));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { tier: t('systemFields.tier'), rationale: t('importance.rationale'), setMtd: t('systemFields.mtd') };
  return (
    <Dialog title={t('importance.approve')} onClose={onClose}>
      <p className="mb-4">{t('importance.approveText', { tier: t(`domain:tier.${system.tier}`) })}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('importance.approve')} onCancel={onClose}>
        <RadioField
          {...form.bind('tier')}
          label={labels.tier}
          options={tiers.map((value) => ({ value, label: t(`domain:tier.${value}`) }))}
        />
        {isHeld && <p>{t('importance.held')}</p>}
        <TextField {...form.bind('rationale')} label={labels.rationale} rows={3} />
        <RtoAboveMtd system={system} assessment={assessment} />
        {assessment.mtd && (
          <CheckField name="setMtd" value={form.values.setMtd} onChange={(on) => form.set('setMtd', on)}>
            {t('importance.setMtd', { stop: duration(assessment.mtd) })}
          </CheckField>
        )}
      </Form>
    </Dialog>
  );
}
