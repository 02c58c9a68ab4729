import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../api/types';
import { Tag } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { type Column, DataTable } from '../../ui/table';
import { PersonField } from '../people/person-field';
import { usePermission } from '../session/session';
import { Acknowledgement } from './acknowledgement';
import { RemindedOf } from './reminded-of';
import { remindersQuery } from './reminders-queries';

const route = getRouteApi('/shell/reminders');
const STATUSES = ['PENDING', 'SENT', 'SNOOZED', 'CANCELLED', 'FAILED'] as const;

/** Who was, or is to be, reminded of which duty, and what became of it. */
export function RemindersPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const reminders = useQuery(remindersQuery(search));
  const filtered = Object.keys(search).some((name) => name !== 'cursor');
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <>
      <PageHeader title={t('reminders.title')} actions={<ExportMenu path="/reminders" filters={search} />} />
      <p className="mb-4 max-w-prose">{t('reminders.text')}</p>
      <Filters>
        <SelectField
          quiet
          name="status"
          label={t('reminders.status')}
          empty={t('filter.all')}
          value={search.status ?? ''}
          onChange={(status) => choose({ status })}
          options={STATUSES.map((value) => ({
            value: value as string,
            label: t(`domain:export.reminderStatus.${value}`),
          }))}
        />
        {may('users:read') && (
          <PersonField
            quiet
            name="recipient"
            label={t('reminders.recipient')}
            placeholder={t('filter.all')}
            value={search.recipientId ?? ''}
            onChange={(recipientId) => choose({ recipientId })}
          />
        )}
      </Filters>
      <Loaded query={reminders}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t(filtered ? 'reminders.noMatch' : 'reminders.none')}
              {...(filtered && {
                action: <LinkButton to="/reminders">{t('action.clearFilters')}</LinkButton>,
              })}
            >
              {!filtered && t('reminders.noneText')}
            </EmptyState>
          ) : (
            <>
              <RemindersTable reminders={items} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function RemindersTable({ reminders }: { reminders: Reminder[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Reminder>[] = [
    { key: 'planned', title: t('reminders.plannedOn'), cell: ({ plannedOn }) => format.date(plannedOn) },
    {
      key: 'about',
      title: t('reminders.about'),
      heads: true,
      cell: ({ obligation }) => <RemindedOf obligation={obligation} />,
    },
    { key: 'recipient', title: t('reminders.recipient'), cell: ({ recipient }) => recipient.displayName },
    {
      key: 'stage',
      title: t('reminders.stage'),
      cell: ({ stage }) => t(`domain:export.reminderStage.${stage}`),
    },
    {
      key: 'status',
      title: t('reminders.status'),
      cell: ({ status, snooze }) => (
        <>
          <Tag look={status === 'FAILED' ? 'late' : status === 'SENT' ? 'met' : undefined}>
            {t(`domain:export.reminderStatus.${status}`)}
          </Tag>
          {snooze && <span className="block">{t('snooze.because', { reason: snooze.reason })}</span>}
        </>
      ),
    },
    { key: 'sent', title: t('reminders.sentAt'), cell: ({ sentAt }) => format.instant(sentAt) },
    {
      key: 'acknowledged',
      title: t('reminders.acknowledgement'),
      cell: (reminder) => <Acknowledgement reminder={reminder} />,
    },
  ];
  return <DataTable caption={t('reminders.title')} columns={columns} rows={reminders} rowKey={({ id }) => id} />;
}
