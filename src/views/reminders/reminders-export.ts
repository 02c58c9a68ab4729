import type { ExportedList } from '../../audit/exports/list-export';
import type { ReminderResponse } from './dto/reminders.response';

/** The reminder ledger as a file. */
export const REMINDERS_EXPORT: ExportedList<ReminderResponse> = {
  name: 'reminders',
  columns: [
    { key: 'plannedOn', value: ({ plannedOn }) => plannedOn },
    { key: 'recipient', value: ({ recipient }) => recipient.displayName },
    {
      key: 'system',
      value: ({ obligation }, { locale }) => (locale === 'en' && obligation.systemNameEn) || obligation.systemName,
    },
    { key: 'rule', value: ({ obligation }) => obligation.ruleTitle },
    { key: 'stage', words: 'export.reminderStage', value: ({ stage }) => stage },
    { key: 'offsetDays', value: ({ offsetDays }) => offsetDays },
    { key: 'status', words: 'export.reminderStatus', value: ({ status }) => status },
    { key: 'snoozeReason', value: ({ snooze }) => snooze?.reason },
    { key: 'sentAt', value: ({ sentAt }) => sentAt },
    { key: 'acknowledgedAt', value: ({ acknowledgedAt }) => acknowledgedAt },
  ],
};
