import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Obligation, Page } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { civilDateOf, plusDays, useFormat } from '../../ui/format';
import { PageHeader, Section } from '../../ui/page';
import { now } from '../../ui/now';
import { OPEN_STATES } from './obligation-queries';
import { ObligationRow } from './obligation-row';

const GROUPS = ['overdue', 'week', 'month', 'later'] as const;
type Group = (typeof GROUPS)[number];

/** Which heading an obligation stands under on a given day. */
function groupOf({ state, dueOn }: Obligation, today: string): Group {
  if (state === 'FAILED' || state === 'OVERDUE') return 'overdue';
  if (dueOn && dueOn <= plusDays(today, 7)) return 'week';
  if (dueOn && dueOn <= plusDays(today, 30)) return 'month';
  return 'later';
}

export function MyDeadlinesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const asOf = now();
  const today = civilDateOf(asOf);
  const pages = useInfiniteQuery({
    queryKey: ['obligations', 'mine'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Obligation>>(
        '/obligations',
        { owner: 'me', state: [...OPEN_STATES, 'MET'].join(','), sort: 'dueOn', limit: 100, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  return (
    <>
      <PageHeader title={t('mine.title')}>
        <p className="text-[0.9375rem] text-soft">{t('readiness.asOf', { at: format.instant(asOf) })}</p>
      </PageHeader>
      <Loaded query={pages}>
        {(data) => {
          const all = data.pages.flatMap(({ items }) => items);
          if (all.length === 0) {
            return (
              <EmptyState title={t('mine.empty')} action={<LinkButton to="/systems">{t('mine.emptyAction')}</LinkButton>}>
                {t('mine.emptyText')}
              </EmptyState>
            );
          }
          const grouped = Object.groupBy(all, (obligation) => groupOf(obligation, today));
          return GROUPS.map((group) => (
            <Section key={group} title={t('mine.group', { name: t(`mine.${group}`), count: grouped[group]?.length ?? 0 })}>
              {grouped[group] ? (
                <ul className="divide-y divide-line border-y border-line">
                  {grouped[group].map((obligation) => (
                    <ObligationRow key={obligation.id} obligation={obligation} ofSystem />
                  ))}
                </ul>
              ) : (
                <p className="text-soft">{t('mine.none')}</p>
              )}
            </Section>
          ));
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button isPending={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {t('pager.more')}
        </Button>
      )}
    </>
  );
}
