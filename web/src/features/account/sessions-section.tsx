import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { OwnSession } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { Loaded, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { ownSessionsQuery } from './account-queries';

/** Where the person is signed in, and the way to end what is not theirs. */
export function SessionsSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sessions = useQuery(ownSessionsQuery);
  const [asking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: (id: string | null) => api.delete(id ? `/me/sessions/${id}` : '/me/sessions', null),
    onSuccess: (_nothing, id) => announce(t(id ? 'account.sessionEnded' : 'account.othersEnded')),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries(ownSessionsQuery);
    },
  });
  return (
    <Section title={t('account.sessions')}>
      <p className="mb-3 text-soft">{t('account.sessionsText')}</p>
      {end.error && <ProblemNotice error={end.error} />}
      <Loaded query={sessions}>
        {(all) => (
          <>
            <ul className="grid gap-2">
              {all.map((session) => (
                <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
              ))}
            </ul>
            {all.length > 1 && (
              <div className="mt-3">
                <Button look="danger" onPress={() => setAsking(true)}>
                  {t('account.endOthers')}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      {asking && (
        <ConfirmDialog
          title={t('account.endOthersTitle')}
          confirm={t('account.endOthers')}
          pending={end.isPending}
          onConfirm={() => end.mutate(null)}
          onCancel={() => setAsking(false)}
        >
          <p>{t('account.endOthersText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const browser = session.browser ?? t('account.unknownBrowser');
  const began = format.instant(session.createdAt);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-700">
          {browser}
          {session.current && <Tag look="met">{t('account.thisBrowser')}</Tag>}
        </p>
        <p className="text-[0.875rem] text-soft">
          {t('account.sessionFacts', {
            method: t(`account.method.${session.method}`),
            began,
            used: format.instant(session.lastUsedAt),
            address: session.address ?? '—',
          })}
        </p>
      </div>
      {!session.current && (
        <Button onPress={onEnd} aria-label={t('account.endSessionOf', { browser, began })}>
          {t('account.endSession')}
        </Button>
      )}
    </li>
  );
}
