import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Reminder } from '../../api/types';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { useMe } from '../session/session';

/** Whether an escalation has been acknowledged, for its recipient with the button that does it; nothing for other reminders. */
export function Acknowledgement({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useMe();
  const { stage, status, acknowledgedAt, recipient } = reminder;
  if (stage !== 'ESCALATION') return null;
  if (acknowledgedAt) return t('reminders.acknowledgedAt', { at: format.instant(acknowledgedAt) });
  if (status === 'CANCELLED') return null;
  return recipient.id === user.id ? <Acknowledge reminder={reminder} /> : t('reminders.notAcknowledged');
}

/** Says that one knows of an escalation. */
export function Acknowledge({ reminder: { id, obligation } }: { reminder: Reminder }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => api.post(`/reminders/${id}/acknowledge`, undefined),
    onSuccess: async () => {
      announce(t('reminders.acknowledged'));
      await client.invalidateQueries({ queryKey: ['reminders'] });
    },
  });
  return (
    <>
      <Button
        aria-label={t('reminders.acknowledgeOf', { rule: obligation.ruleTitle })}
        isPending={acknowledge.isPending}
        onPress={() => acknowledge.mutate()}
      >
        {t('reminders.acknowledge')}
      </Button>
      {acknowledge.error && <ProblemNotice error={acknowledge.error} />}
    </>
  );
}
