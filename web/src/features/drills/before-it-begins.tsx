import { useTranslation } from 'react-i18next';
import type { Drill, DrillReadiness } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { Section } from '../../ui/page';

/** What is there and what is missing, point by point. */
export function ReadinessList({ items }: { items: DrillReadiness['items'] }) {
  const { t } = useTranslation();
  return (
    <ul className="grid gap-2">
      {items.map(({ point, ready, reason }) => (
        <li key={point} className="flex items-start gap-2">
          <Icon name={ready ? 'check' : 'alert'} className="mt-0.5 size-5 shrink-0" />
          <span className="min-w-0">
            <Tag look={ready ? 'met' : 'late'}>{t(ready ? 'drills.there' : 'drills.missing')}</Tag> {reason.text}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Who is booked, and whether they have confirmed. */
export function ParticipantList({ participants }: { participants: Drill['participants'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {participants.map(({ person, part, acknowledgedAt }) => (
        <li key={person.id} className="flex flex-wrap items-center gap-3 py-2">
          <span className="font-700">{person.displayName}</span>
          {part && <span className="text-soft">{part}</span>}
          <Tag look={acknowledgedAt ? 'met' : 'soon'}>
            {acknowledgedAt ? t('drills.confirmedAt', { at: format.instant(acknowledgedAt) }) : t('drills.unconfirmed')}
          </Tag>
        </li>
      ))}
    </ul>
  );
}

interface AsOpenedProps {
  readiness: DrillReadiness['items'];
  /** Absent in reports from before it was kept. */
  participants: Drill['participants'] | undefined;
}

/** What was missing and who was booked when a run was opened, as it is kept with it; nothing for an outage, which waits for nothing. */
export function AsOpened({ readiness, participants = [] }: AsOpenedProps) {
  const { t } = useTranslation();
  return (
    <>
      {readiness.length > 0 && (
        <Section title={t('drills.readiness')}>
          <p className="mb-2 text-[0.875rem] text-soft">{t('runs.readinessKept')}</p>
          <ReadinessList items={readiness} />
        </Section>
      )}
      {participants.length > 0 && (
        <Section title={t('drills.fields.participants')}>
          <ParticipantList participants={participants} />
        </Section>
      )}
    </>
  );
}
