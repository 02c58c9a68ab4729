import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Acknowledgement } from './acknowledgement';
import { obligationRemindersQuery } from './reminders-queries';

/** Who was last reminded of an obligation, and who knows of its escalation. */
export function ObligationReminders({ obligationId }: { obligationId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reminders = useQuery(obligationRemindersQuery(obligationId));
  return (
    <Loaded query={reminders}>
      {({ items }) => (
        <div className="mt-3 border-s-2 border-line ps-3 text-[0.875rem]">
          <h4 className="text-[0.875rem]">{t('reminders.ofObligation')}</h4>
          <ul className="grid gap-1">
            {items.length === 0 && <li>{t('reminders.noneOfObligation')}</li>}
            {items.map((reminder) => (
              <li key={reminder.id} className="flex flex-wrap items-center gap-x-3">
                <span>{format.date(reminder.plannedOn)}</span>
                <span>{t(`domain:export.reminderStage.${reminder.stage}`)}</span>
                <span>{reminder.recipient.displayName}</span>
                <span>{t(`domain:export.reminderStatus.${reminder.status}`)}</span>
                {reminder.snooze && <span>{t('snooze.because', { reason: reminder.snooze.reason })}</span>}
                <Acknowledgement reminder={reminder} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  );
}
