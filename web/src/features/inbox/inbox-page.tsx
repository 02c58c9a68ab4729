import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { InboxEntry, UnreadResponse as Unread } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { announce } from '../../ui/toast';
import { WaitingBackups } from '../backups/approving/waiting-backups';
import { WaitingTierChanges } from '../tier-changes/waiting-tier-changes';
import { InboxItem } from './inbox-item';
import { inboxQuery, showRead, unreadQuery } from './inbox-queries';

const route = getRouteApi('/shell/inbox');
const KINDS = ['REMINDER', 'ESCALATION', 'NOTICE'] as const;

/** What the signed-in person was told, the newest first; before it what waits for their approval. */
export function InboxPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const entries = useQuery(inboxQuery(search));
  const filtered = Object.keys(search).some((name) => name !== 'cursor');
  return (
    <>
      <PageHeader title={t('inbox.title')} actions={<MarkAll newest={entries.data?.items[0]} />}>
        <p className="text-soft">{t('inbox.text')}</p>
      </PageHeader>
      {!filtered && !search.cursor && (
        <>
          <WaitingTierChanges />
          <WaitingBackups />
        </>
      )}
      <InboxFilters />
      <Loaded query={entries}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t(filtered ? 'inbox.noMatch' : 'inbox.empty')}
              {...(filtered && { action: <LinkButton to="/inbox">{t('action.clearFilters')}</LinkButton> })}
            >
              {!filtered && t('inbox.emptyText')}
            </EmptyState>
          ) : (
            <>
              <ul className="divide-y divide-line border-y border-line">
                {items.map((entry) => (
                  <InboxItem key={entry.id} entry={entry} />
                ))}
              </ul>
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function InboxFilters() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <Filters>
      <SelectField
        quiet
        name="kind"
        label={t('inbox.kindLabel')}
        empty={t('filter.all')}
        value={search.kind ?? ''}
        onChange={(kind) => choose({ kind })}
        options={KINDS.map((value) => ({ value: value as string, label: t(`inbox.kind.${value}`) }))}
      />
      <SelectField
        quiet
        name="unread"
        label={t('inbox.show')}
        empty={t('filter.all')}
        value={search.unread ?? ''}
        onChange={(unread) => choose({ unread })}
        options={[{ value: 'true' as string, label: t('inbox.unreadOnly') }]}
      />
    </Filters>
  );
}

/** Marks as read what came up to the newest entry that is shown: what came meanwhile has not been seen. */
function MarkAll({ newest }: { newest: InboxEntry | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const unread = useQuery(unreadQuery);
  const mark = useMutation({
    mutationFn: (through: string) => api.post<Unread>('/me/inbox/read', { through }),
    onSuccess: (left) => {
      announce(t('inbox.allRead'));
      void showRead(client, left);
    },
  });
  if (!newest || !unread.data?.unread) return null;
  return (
    <>
      <Button isPending={mark.isPending} onPress={() => mark.mutate(newest.at)}>
        {t('inbox.markAll')}
      </Button>
      {mark.error && <ProblemNotice error={mark.error} />}
    </>
  );
}
