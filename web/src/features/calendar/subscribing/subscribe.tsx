import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { CalendarFeed, IssuedCalendarFeed } from '../../../api/calendar-types';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/dialog';
import { EmptyState, Loaded, ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { SecretDialog } from '../../account/secret-dialog';
import { usePermission } from '../../session/session';
import { calendarFeedsQuery } from './feed-queries';
import { OrganisationFeedDialog } from './organisation-feed-dialog';

type Asked = { act: 'rotate' | 'revoke'; feed: CalendarFeed };

/** Calendars that programs subscribe to: made, given a new address and revoked here; an address is shown once. */
export function SubscribeSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = usePermission();
  const feeds = useQuery(calendarFeedsQuery);
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [issued, setIssued] = useState<IssuedCalendarFeed | null>(null);
  const nameOf = ({ organisation }: CalendarFeed) => (organisation ? format.name(organisation) : t('subscribe.own'));
  const show = (feed: IssuedCalendarFeed) => {
    setMaking(false);
    setIssued(feed);
    void client.invalidateQueries(calendarFeedsQuery);
  };
  const create = useMutation({
    mutationFn: () => api.post<IssuedCalendarFeed>('/calendar-feeds', {}),
    onSuccess: show,
  });
  const change = useMutation({
    mutationFn: async ({ act, feed: { id } }: Asked) =>
      act === 'rotate'
        ? api.post<IssuedCalendarFeed>(`/calendar-feeds/${id}/rotate`, {})
        : api.delete(`/calendar-feeds/${id}`, null).then(() => null),
    onSuccess: (rotated) => (rotated ? show(rotated) : announce(t('subscribe.revoked'))),
    onSettled: () => {
      setAsked(null);
      return client.invalidateQueries(calendarFeedsQuery);
    },
  });
  const problem = create.error ?? change.error;
  return (
    <Section title={t('subscribe.title')}>
      <p className="mb-3 text-soft">{t('subscribe.text')}</p>
      {problem && <ProblemNotice error={problem} />}
      <Loaded query={feeds}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('subscribe.none')}>{t('subscribe.noneText')}</EmptyState>
          ) : (
            <ul className="grid gap-2">
              {items.map((feed) => (
                <FeedRow
                  key={feed.id}
                  feed={feed}
                  name={nameOf(feed)}
                  onRotate={() => setAsked({ act: 'rotate', feed })}
                  onRevoke={() => setAsked({ act: 'revoke', feed })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onPress={() => create.mutate()}>{t('subscribe.create')}</Button>
        {may('channels:write') && <Button onPress={() => setMaking(true)}>{t('subscribe.createFor')}</Button>}
      </div>
      {making && <OrganisationFeedDialog onIssued={show} onClose={() => setMaking(false)} />}
      {issued && (
        <SecretDialog
          title={t('subscribe.addressTitle')}
          text={t('subscribe.addressText')}
          secret={issued.url}
          onClose={() => setIssued(null)}
        >
          <p>
            <a className="text-link inline-flex min-h-11 items-center" href={issued.url.replace(/^https?:/, 'webcal:')}>
              {t('subscribe.open')}
            </a>
          </p>
        </SecretDialog>
      )}
      {asked && (
        <ConfirmDialog
          title={t(`subscribe.${asked.act}Title`, { name: nameOf(asked.feed) })}
          confirm={t(`subscribe.${asked.act}`)}
          look={asked.act === 'revoke' ? 'danger' : 'primary'}
          pending={change.isPending}
          onConfirm={() => change.mutate(asked)}
          onCancel={() => setAsked(null)}
        >
          <p>{t(`subscribe.${asked.act}Text`)}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

interface FeedRowProps {
  feed: CalendarFeed;
  name: string;
  onRotate: () => void;
  onRevoke: () => void;
}

/** One calendar: whose it is, when it was last read, and how it ends. */
function FeedRow({ feed: { hint, lastReadAt }, name, onRotate, onRevoke }: FeedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-2">
      <div className="min-w-0">
        <p className="font-700 break-words">{name}</p>
        <p className="text-[0.875rem] text-soft">
          <code>{hint}…</code>{' '}
          {lastReadAt ? t('subscribe.read', { at: format.instant(lastReadAt) }) : t('subscribe.unread')}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onPress={onRotate} aria-label={t('subscribe.rotateOf', { name, hint })}>
          {t('subscribe.rotate')}
        </Button>
        <Button look="danger" onPress={onRevoke} aria-label={t('subscribe.revokeOf', { name, hint })}>
          {t('subscribe.revoke')}
        </Button>
      </div>
    </li>
  );
}
