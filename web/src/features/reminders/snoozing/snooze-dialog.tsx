import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Obligation } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { useFormat } from '../../../ui/format/format';
import { announce } from '../../../ui/toast';
import { ObligationIntro } from '../../obligations/obligation-intro';
import { refreshSnoozes } from '../reminders-queries';

interface SnoozeDialogProps {
  obligation: Obligation;
  /** The last day that may be chosen. */
  until: string;
  onClose: () => void;
}

/** Holds back the reminders of an obligation for a reason. */
export function SnoozeDialog({ obligation, until, onClose }: SnoozeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const form = useForm({
    initial: { reason: '', untilOn: '' },
    required: () => ['reason', 'untilOn'],
    save: (asked) => api.post(`/obligations/${obligation.id}/snoozes`, asked),
    onSaved: () => {
      announce(t('snooze.started'));
      void refreshSnoozes(client);
      onClose();
    },
  });
  const labels = { reason: t('snooze.reason'), untilOn: t('snooze.untilOn') };
  return (
    <Dialog title={t('snooze.start')} onClose={onClose}>
      <ObligationIntro obligation={obligation} />
      <p className="mb-4">{t('snooze.text')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('snooze.submit')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
        <TextField
          {...form.bind('untilOn')}
          label={labels.untilOn}
          type="date"
          hint={t('snooze.untilHint', { date: format.date(until) })}
        />
      </Form>
    </Dialog>
  );
}
