import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MailSummary } from '../../api/types';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { Tabs } from '../../ui/tabs';
import { ChannelMessages } from '../channels/channel-messages';
import { MailState } from './mail-status';
import { outboxQuery } from './outbox-queries';

const route = getRouteApi('/shell/outbox');

/** Everything the service sent or is to send: mails to people, and what channels are told. */
export function OutboxPage() {
  const { t } = useTranslation();
  const { cursor, tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title={t('outbox.title')}>
        <p className="text-soft">{t('outbox.text')}</p>
      </PageHeader>
      <Tabs
        label={t('outbox.ways')}
        selected={tab === 'channels' ? 'channels' : 'mails'}
        onSelect={(key) => void navigate({ search: key === 'channels' ? { tab: key } : {}, replace: true })}
        tabs={[
          { key: 'mails', title: t('outbox.mails'), content: () => <Mails cursor={cursor} /> },
          { key: 'channels', title: t('channels.title'), content: () => <ChannelMessages cursor={cursor} /> },
        ]}
      />
    </>
  );
}

function Mails({ cursor }: { cursor: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mails = useQuery(outboxQuery(cursor));
  const columns: Column<MailSummary>[] = [
    {
      key: 'subject',
      title: t('outbox.subject'),
      heads: true,
      cell: ({ id, subject }) => (
        <Link
          to="/outbox/$mailId"
          params={{ mailId: id }}
          className="text-link inline-flex min-h-6 items-center font-700"
        >
          {subject ?? t('outbox.noSubject')}
        </Link>
      ),
    },
    {
      key: 'to',
      title: t('outbox.to'),
      cell: ({ recipient }) => t('outbox.address', { name: recipient.displayName, email: recipient.email }),
    },
    { key: 'items', title: t('outbox.items'), figure: true, cell: ({ itemCount }) => itemCount },
    { key: 'status', title: t('outbox.status'), cell: ({ status }) => <MailState status={status} /> },
    { key: 'created', title: t('outbox.createdAt'), cell: ({ createdAt }) => format.instant(createdAt) },
    { key: 'sent', title: t('outbox.sentAt'), cell: ({ sentAt }) => format.instant(sentAt) },
  ];
  return (
    <Loaded query={mails}>
      {({ items, nextCursor, total }) =>
        items.length === 0 ? (
          <EmptyState title={t('outbox.empty')}>{t('outbox.emptyText')}</EmptyState>
        ) : (
          <>
            <DataTable caption={t('outbox.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
            <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} total={total} />
          </>
        )
      }
    </Loaded>
  );
}
