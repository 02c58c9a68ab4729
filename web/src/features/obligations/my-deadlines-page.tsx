import type { ReactNode } from 'react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Obligation, Page } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { civilDateOf, plusDays, useFormat } from '../../ui/format/format';
import { now } from '../../ui/format/now';
import { PageHeader, Section } from '../../ui/page';
import { WaitingBackups } from '../backups/approving/waiting-backups';
import { WaitingEscalations } from '../reminders/waiting-escalations';
import { WaitingTierChanges } from '../tier-changes/waiting-tier-changes';
import { WaitingWaivers } from '../waivers/waiting-waivers';
import { obligationsQuery } from './obligation-queries';
import { ObligationRow } from './obligation-row';

const RED = { owner: 'me', state: 'FAILED,OVERDUE', sort: 'dueOn', limit: 200 };
const COMING = { owner: 'me', state: 'UNKNOWN,DUE_SOON,MET,WAIVED', sort: 'dueOn', limit: 100 };

type Group = 'week' | 'month' | 'later';

/** Under which heading a date stands on a given day. */
function groupOf({ dueOn }: Obligation, today: string): Group {
  if (dueOn && dueOn <= plusDays(today, 7)) return 'week';
  return dueOn && dueOn <= plusDays(today, 30) ? 'month' : 'later';
}

/** What the signed-in person owes: what is overdue, then by date. */
export function MyDeadlinesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const asOf = now();
  const red = useQuery(obligationsQuery(RED));
  const coming = useInfiniteQuery({
    queryKey: ['obligations', 'coming'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Obligation>>('/obligations', { ...COMING, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  return (
    <>
      <PageHeader title={t('mine.title')}>
        <p className="text-[0.9375rem] text-soft">{t('readiness.asOf', { at: format.instant(asOf) })}</p>
      </PageHeader>
      <WaitingEscalations />
      <WaitingTierChanges />
      <WaitingBackups />
      <WaitingWaivers />
      <Loaded query={red}>
        {({ items: overdue }) => (
          <Loaded query={coming}>
            {({ pages }) => {
              const all = pages.flatMap(({ items }) => items);
              if (overdue.length + all.length === 0) return <NothingOwed />;
              const grouped = Object.groupBy(all, (obligation) => groupOf(obligation, civilDateOf(asOf)));
              const more = coming.hasNextPage && (
                <Button isPending={coming.isFetchingNextPage} onPress={() => void coming.fetchNextPage()}>
                  {t('pager.more')}
                </Button>
              );
              return (
                <>
                  <Deadlines title={t('mine.overdue')} obligations={overdue} />
                  <Deadlines title={t('mine.week')} obligations={grouped.week ?? []} />
                  <Deadlines title={t('mine.month')} obligations={grouped.month ?? []} />
                  <details>
                    <summary className="mb-3 inline-flex min-h-11 cursor-pointer items-center text-[1.25rem] font-700">
                      {t('mine.group', { name: t('mine.later'), count: grouped.later?.length ?? 0 })}
                      {coming.hasNextPage && '+'}
                    </summary>
                    <Rows obligations={grouped.later ?? []} />
                    <div className="mt-4">{more}</div>
                  </details>
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function Deadlines({ title, obligations }: { title: string; obligations: Obligation[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('mine.group', { name: title, count: obligations.length })}>
      <Rows obligations={obligations} />
    </Section>
  );
}

function Rows({ obligations }: { obligations: Obligation[] }): ReactNode {
  const { t } = useTranslation();
  if (obligations.length === 0) return <p className="text-soft">{t('mine.none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {obligations.map((obligation) => (
        <ObligationRow key={obligation.id} obligation={obligation} ofSystem />
      ))}
    </ul>
  );
}

function NothingOwed() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('mine.empty')} action={<LinkButton to="/systems">{t('mine.emptyAction')}</LinkButton>}>
      {t('mine.emptyText')}
    </EmptyState>
  );
}
