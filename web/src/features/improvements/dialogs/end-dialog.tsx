import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { ImprovementDetail } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { Notice } from '../../../ui/feedback';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { refreshSystem } from '../../systems/system-queries';

interface EndDialogProps {
  item: ImprovementDetail;
  step: 'close' | 'cancel';
  onClose: () => void;
}

/** Closes an item on a proof, or cancels it for a reason. What still stands against it is said before. */
export function EndDialog({ item, step, onClose }: EndDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t(`improvements.${step}Title`)} onClose={onClose}>
      <p className="mb-4">{t(`improvements.${step}Text`)}</p>
      <div className="mb-4 grid gap-3">
        {step === 'close' && item.failure && !item.retest && (
          <Notice look="warning">{t('improvements.noRetest')}</Notice>
        )}
        {item.parts > item.partsEnded && <Notice look="warning">{t('improvements.partsOpen')}</Notice>}
      </div>
      {step === 'close' ? (
        <CloseForm itemId={item.id} onClose={onClose} />
      ) : (
        <CancelForm itemId={item.id} onClose={onClose} />
      )}
    </Dialog>
  );
}

function useEnded(done: string, onClose: () => void) {
  const client = useQueryClient();
  return () => {
    announce(done);
    void refreshSystem(client);
    onClose();
  };
}

function CloseForm({ itemId, onClose }: { itemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { note: '', link: '' },
    required: () => ['note'],
    save: ({ note, link }) => api.post(`/improvements/${itemId}/close`, { note, ...(link && { link }) }),
    onSaved: useEnded(t('improvements.closed'), onClose),
  });
  const labels = { note: t('improvements.note'), link: t('improvements.proofLink') };
  return (
    <Form {...form} labels={labels} onSubmit={form.submit} submit={t('improvements.close')} onCancel={onClose}>
      <TextField {...form.bind('note')} label={labels.note} rows={3} />
      <TextField {...form.bind('link')} label={labels.link} type="url" hint={t('improvements.linkHint')} />
    </Form>
  );
}

function CancelForm({ itemId, onClose }: { itemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: ({ reason }) => api.post(`/improvements/${itemId}/cancel`, { reason }),
    onSaved: useEnded(t('improvements.cancelled'), onClose),
  });
  const labels = { reason: t('improvements.why') };
  return (
    <Form {...form} labels={labels} onSubmit={form.submit} submit={t('improvements.cancel')} onCancel={onClose}>
      <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
    </Form>
  );
}
