import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IssuedChannel } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { ChannelCard } from './channel-card';
import { ChannelDialog } from './channel-dialog';
import { channelsQuery } from './channel-queries';
import { SecretDialog } from '../account/secret-dialog';

/** Where organisations are told, beside the mails to people. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const channels = useQuery(channelsQuery);
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<IssuedChannel | null>(null);
  const add = (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {t('channels.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('channels.title')} actions={channels.data?.items.length ? add : undefined}>
        <p className="text-soft">{t('channels.text')}</p>
        <Link to="/outbox" search={{ tab: 'channels' }} className="text-link inline-flex min-h-6 items-center">
          {t('channels.toMessages')}
        </Link>
      </PageHeader>
      <Loaded query={channels}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('channels.empty')} action={add}>
              {t('channels.emptyText')}
            </EmptyState>
          ) : (
            <ul className="grid gap-4">
              {items.map((channel) => (
                <ChannelCard key={channel.id} channel={channel} onIssued={setIssued} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && (
        <ChannelDialog
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            if (made.secret) setIssued(made);
          }}
        />
      )}
      {issued?.secret && (
        <SecretDialog
          title={t('channels.secretTitle', { name: issued.name })}
          text={t('channels.secretText')}
          secret={issued.secret}
          onClose={() => setIssued(null)}
        >
          <p className="text-soft">{t('channels.verifyText')}</p>
        </SecretDialog>
      )}
    </>
  );
}
