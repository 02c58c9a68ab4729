import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Channel, ChannelTest, IssuedChannel } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Facts } from '../../ui/page';
import { announce } from '../../ui/toast';
import { EditChannelDialog } from './edit-channel-dialog';
import { MessageState } from './message-state';

interface ChannelCardProps {
  channel: Channel;
  /** A new secret has been made, which is shown this once. */
  onIssued: (issued: IssuedChannel) => void;
}

/** One channel: where it leads, what it was last told, and what can be done with it. */
export function ChannelCard({ channel, onIssued }: ChannelCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'rotate' | 'end' | null>(null);
  const close = () => setOpen(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['channels'] });
  const done = (text: string) => {
    close();
    announce(text);
    void refresh();
  };
  const test = useMutation({ mutationFn: () => api.post<ChannelTest>(`/channels/${channel.id}/test`) });
  const pause = useMutation({
    mutationFn: () => api.patch(`/channels/${channel.id}`, { paused: !channel.paused }, `"${channel.version}"`),
    onSuccess: () => done(t(channel.paused ? 'channels.resumed' : 'channels.paused')),
  });
  const rotate = useMutation({
    mutationFn: () => api.post<IssuedChannel>(`/channels/${channel.id}/rotate`, { graceHours: 24 }),
    onSuccess: (issued) => {
      close();
      onIssued(issued);
      void refresh();
    },
  });
  const end = useMutation({
    mutationFn: () => api.post(`/channels/${channel.id}/end`),
    onSuccess: () => done(t('channels.ended')),
  });
  const error = test.error ?? pause.error ?? rotate.error ?? end.error;
  const { lastStatus, lastToldOn, previousUntil } = channel;
  return (
    <li className="card grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-[1.125rem] font-700">{channel.name}</h2>
        <Tag>{t(`channels.kind.${channel.kind}`)}</Tag>
        {channel.paused && <Tag look="soon">{t('channels.isPaused')}</Tag>}
      </div>
      <Facts
        facts={[
          [t('channels.organisation'), format.name(channel.organisation)],
          [t(`channels.address.${channel.kind}`), <span className="break-all">{channel.addressHint}</span>],
          [t('channels.locale'), t(`locale.${channel.locale}`)],
          [
            t('channels.last'),
            lastStatus && lastToldOn ? (
              <span className="inline-flex flex-wrap items-center gap-2">
                {format.date(lastToldOn)}
                <MessageState status={lastStatus} />
              </span>
            ) : (
              t('channels.never')
            ),
          ],
          ...(previousUntil
            ? ([[t('channels.previousUntil'), format.instant(previousUntil)]] as [string, string][])
            : []),
        ]}
      />
      {channel.lastError && <p className="break-words text-error">{channel.lastError}</p>}
      <div role="status">
        {test.data && (
          <Notice
            look={test.data.delivered ? 'success' : 'error'}
            title={t(test.data.delivered ? 'channels.testDone' : 'channels.testFailed')}
          >
            <span className="break-words">{t('channels.answer', { answer: test.data.answer })}</span>
          </Notice>
        )}
      </div>
      <div className="no-print flex flex-wrap gap-2">
        <Button isPending={test.isPending} onPress={() => test.mutate()}>
          {t('channels.test')}
        </Button>
        <Button onPress={() => setOpen('edit')}>{t('channels.edit')}</Button>
        <Button isPending={pause.isPending} onPress={() => pause.mutate()}>
          {t(channel.paused ? 'channels.resume' : 'channels.pause')}
        </Button>
        {channel.signed && <Button onPress={() => setOpen('rotate')}>{t('channels.rotate')}</Button>}
        <Button look="danger" onPress={() => setOpen('end')}>
          {t('channels.end')}
        </Button>
      </div>
      {error && <ProblemNotice error={error} />}
      {open === 'edit' && <EditChannelDialog channel={channel} onClose={close} />}
      {open === 'rotate' && (
        <ConfirmDialog
          title={t('channels.rotate')}
          confirm={t('channels.rotate')}
          look="primary"
          pending={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onCancel={close}
        >
          {t('channels.rotateText')}
        </ConfirmDialog>
      )}
      {open === 'end' && (
        <ConfirmDialog
          title={t('channels.end')}
          confirm={t('channels.end')}
          pending={end.isPending}
          onConfirm={() => end.mutate()}
          onCancel={close}
        >
          {t('channels.endText', { name: channel.name })}
        </ConfirmDialog>
      )}
    </li>
  );
}
