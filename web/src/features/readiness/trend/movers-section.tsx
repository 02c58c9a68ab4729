import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Mover, Movers } from '../../../api/readiness-types';
import { VerdictBadge } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { SelectField } from '../../../ui/form/choice';
import { civilDateOf, plusDays, useFormat } from '../../../ui/format/format';
import { Icon } from '../../../ui/icon';
import { Section } from '../../../ui/page';
import { DataTable, type Column } from '../../../ui/table';
import { moversQuery } from './trend-queries';

const route = getRouteApi('/shell/');
const SPANS = ['7', '30', '90'] as const;
type Span = (typeof SPANS)[number];
const [FEW, MANY] = [10, 200];

/** Systems whose verdict has changed, the worst first: from what to what, since when and why. */
export function MoversSection({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { organisationId, moved } = route.useSearch();
  const navigate = route.useNavigate();
  const [limit, setLimit] = useState(FEW);
  const span = SPANS.find((days) => days === moved) ?? '30';
  const from = plusDays(civilDateOf(asOf), -Number(span));
  const query = useQuery(moversQuery({ organisationId, from, limit }));
  return (
    <Section
      title={t('movers.title')}
      aside={
        <div className="no-print w-40">
          <SelectField
            quiet
            name="moved"
            label={t('trend.span')}
            empty={null}
            value={span}
            onChange={(days: Span | '') => void navigate({ search: (old) => ({ ...old, moved: days || undefined }) })}
            options={SPANS.map((value) => ({ value, label: t(`trend.days${value}`) }))}
          />
        </div>
      }
    >
      <Loaded query={query}>
        {(movers) =>
          movers.items.length === 0 ? (
            <EmptyState title={t('movers.none', { date: format.date(movers.from) })} />
          ) : (
            <>
              <p className="mb-3">{t('movers.text', { date: format.date(movers.from), count: movers.total })}</p>
              <List movers={movers} />
              {movers.items.length < movers.total && limit === FEW && (
                <div className="no-print mt-3">
                  <Button onPress={() => setLimit(MANY)}>{t('movers.more', { count: movers.total })}</Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function List({ movers }: { movers: Movers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Mover>[] = [
    {
      key: 'system',
      title: t('readiness.system'),
      heads: true,
      cell: ({ system }) => (
        <>
          <Link to="/systems/$systemId" params={{ systemId: system.id }} className="text-link font-700">
            {format.name(system)}
          </Link>
          <span className="block text-[0.8125rem] font-400 text-soft">
            {t('tier.label', { tier: t(`domain:tier.${system.tier}`) })}
            {t('text.dot')}
            {format.name(system.organisation)}
          </span>
        </>
      ),
    },
    {
      key: 'change',
      title: t('movers.change'),
      cell: ({ from, to }) => (
        <span className="inline-flex flex-wrap items-center gap-1">
          <VerdictBadge verdict={from} />
          <Icon name="right" className="size-4" />
          <span className="sr-only">{t('movers.to')}</span>
          <VerdictBadge verdict={to} />
        </span>
      ),
    },
    { key: 'since', title: t('movers.since'), cell: ({ since }) => format.instant(since) },
    { key: 'why', title: t('movers.why'), cell: ({ sentence }) => sentence.text },
  ];
  return (
    <div className="print-whole overflow-x-auto">
      <DataTable caption={t('movers.title')} columns={columns} rows={movers.items} rowKey={({ system }) => system.id} />
    </div>
  );
}
