import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { Acknowledge } from './acknowledgement';
import { RemindedOf } from './reminded-of';
import { escalationsQuery } from './reminders-queries';

const FIRST = 5;

/** The escalations that the signed-in person has not acknowledged; nothing when there are none. */
export function WaitingEscalations() {
  const { t } = useTranslation();
  const waiting = useQuery(escalationsQuery);
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  const count = `${items.length}${waiting.data?.nextCursor ? '+' : ''}`;
  return (
    <Section title={t('mine.group', { name: t('reminders.waiting'), count })}>
      <p className="mb-3 max-w-prose">{t('reminders.waitingText')}</p>
      <Escalations reminders={items.slice(0, FIRST)} />
      {items.length > FIRST && (
        <details>
          <summary className="text-link inline-flex min-h-11 cursor-pointer items-center">
            {t('reminders.more', { count: items.length - FIRST })}
          </summary>
          <Escalations reminders={items.slice(FIRST)} />
        </details>
      )}
    </Section>
  );
}

function Escalations({ reminders }: { reminders: Reminder[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {reminders.map((reminder) => (
        <li key={reminder.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <div className="min-w-0">
            <RemindedOf obligation={reminder.obligation} />
            <p className="text-[0.875rem] text-soft">
              {t('reminders.reported', { date: format.date(reminder.plannedOn) })}
            </p>
          </div>
          <div className="no-print">
            <Acknowledge reminder={reminder} />
          </div>
        </li>
      ))}
    </ul>
  );
}
