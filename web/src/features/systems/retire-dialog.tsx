import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { System } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { refreshSystem } from './system-queries';

/** Takes a system out of operation; its history stays. */
export function RetireDialog({ system, onClose }: { system: System; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const name = useFormat().name(system);
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: ({ reason }) => api.post(`/systems/${system.id}/retire`, { reason }),
    onSaved: () => {
      announce(t('systems.retired', { name }));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { reason: t('systems.retireReason') };
  return (
    <Dialog title={t('systems.retireConfirm', { name })} onClose={onClose}>
      <p className="mb-4">{t('systems.retireText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('systems.retire')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={3} />
      </Form>
    </Dialog>
  );
}
