import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Obligation } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { ObligationIntro } from '../obligations/obligation-intro';
import { refreshSystem } from '../systems/system-queries';

/** Asks for the permission not to meet an obligation for a time, or for that of one that ends to be renewed. */
export function RequestWaiverDialog({ obligation, onClose }: { obligation: Obligation; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isRenewal = obligation.state === 'WAIVED';
  const form = useForm({
    initial: { reason: '', compensatingMeasure: '', evidence: '', expiresOn: '' },
    required: () => ['reason', 'compensatingMeasure', 'expiresOn'],
    save: ({ evidence, ...asked }) =>
      api.post(`/obligations/${obligation.id}/waivers`, { ...asked, ...(evidence && { evidence }) }),
    onSaved: () => {
      announce(t('waivers.requested'));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = {
    reason: t('waivers.reason'),
    compensatingMeasure: t('waivers.compensatingMeasure'),
    evidence: t('waivers.evidence'),
    expiresOn: t('waivers.expiresOn'),
  };
  return (
    <Dialog title={t(isRenewal ? 'waivers.renew' : 'waivers.request')} onClose={onClose}>
      <ObligationIntro obligation={obligation} />
      {isRenewal && <p className="mb-4">{t('waivers.renewText')}</p>}
      <p className="mb-4">{t('waivers.requestText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('waivers.submit')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
        <TextField {...form.bind('compensatingMeasure')} label={labels.compensatingMeasure} rows={2} />
        <TextField {...form.bind('evidence')} label={labels.evidence} rows={2} hint={t('waivers.evidenceHint')} />
        <TextField {...form.bind('expiresOn')} label={labels.expiresOn} type="date" />
      </Form>
    </Dialog>
  );
}
