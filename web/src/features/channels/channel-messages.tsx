import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { ChannelMessage } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { announce } from '../../ui/toast';
import { channelMessagesQuery } from './channel-queries';
import { MessageState } from './message-state';

/** What channels were told, what waits, and what failed and is tried again from here. */
export function ChannelMessages({ cursor }: { cursor: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const messages = useQuery(channelMessagesQuery(cursor));
  const retry = useMutation({
    mutationFn: (id: string) => api.post(`/channel-messages/${id}/retry`),
    onSuccess: async () => {
      announce(t('outbox.retried'));
      await client.invalidateQueries({ queryKey: ['channels'] });
    },
  });
  const columns: Column<ChannelMessage>[] = [
    {
      key: 'title',
      title: t('outbox.subject'),
      heads: true,
      cell: ({ title, error }) => (
        <>
          {title ?? t('outbox.noSubject')}
          {error && <span className="block font-400 break-words text-error">{error}</span>}
        </>
      ),
    },
    {
      key: 'channel',
      title: t('channels.one'),
      cell: ({ channel }) => t('channels.named', { name: channel.name, kind: t(`channels.kind.${channel.kind}`) }),
    },
    { key: 'toldOn', title: t('channels.toldOn'), cell: ({ toldOn }) => format.date(toldOn) },
    { key: 'items', title: t('outbox.items'), figure: true, cell: ({ itemCount }) => itemCount },
    { key: 'attempts', title: t('channels.attempts'), figure: true, cell: ({ attempts }) => attempts },
    {
      key: 'status',
      title: t('outbox.status'),
      cell: ({ id, status, nextTryAt }) => (
        <div className="grid justify-items-start gap-2">
          <MessageState status={status} />
          {nextTryAt && <span>{t('channels.nextTry', { at: format.instant(nextTryAt) })}</span>}
          {status === 'FAILED' && (
            <Button isPending={retry.isPending && retry.variables === id} onPress={() => retry.mutate(id)}>
              {t('outbox.retry')}
            </Button>
          )}
        </div>
      ),
    },
    { key: 'sent', title: t('outbox.sentAt'), cell: ({ sentAt }) => format.instant(sentAt) },
  ];
  return (
    <>
      {retry.error && <ProblemNotice error={retry.error} />}
      <Loaded query={messages}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('channels.noMessages')}
              action={
                <Link to="/channels" className="text-link">
                  {t('channels.title')}
                </Link>
              }
            >
              {t('channels.noMessagesText')}
            </EmptyState>
          ) : (
            <>
              <DataTable caption={t('channels.messages')} columns={columns} rows={items} rowKey={({ id }) => id} />
              <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
