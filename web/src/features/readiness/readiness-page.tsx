import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TierReadiness } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { civilDateOf, useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { PageHeader, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { CoverageSection } from './coverage-section';
import { DueList } from './due-list';
import { EffectiveSection } from './effective/effective-section';
import { FirstSteps } from './first-steps';
import { ForecastSection } from './forecast-section';
import { Heatmap } from './heatmap';
import { HeatmapFilters } from './heatmap-filters';
import { heatmapQuery, nextDueQuery, tierReadinessQuery } from './readiness-queries';
import { StoppedWorker } from './worker/stopped-worker';
import { SupervisedSection } from './supervised-section';
import { TierTable } from './tier-table';
import { MoversSection } from './trend/movers-section';
import { AsOfLine, DayField, NoSuchDay, PastNotice, refusalOf } from './trend/past-day';
import { TrendSection } from './trend/trend-section';

const route = getRouteApi('/shell/');

const isEmptyInstall = ({ tiers, planned, retired }: TierReadiness) =>
  planned + retired + tiers.reduce((sum, { total }) => sum + total, 0) === 0;

/** Who only does single things has no overview: the first page is what they owe. */
export function ReadinessPage() {
  const may = usePermission();
  return may('readiness:read') ? <Overview /> : <Navigate to="/me" replace />;
}

function Overview() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tiers = useQuery(tierReadinessQuery(search.organisationId, search.asOf));
  const refusal = refusalOf(tiers.error);
  const actions = (
    <div className="flex flex-wrap items-end gap-3">
      <div className="w-72 max-w-full">
        <OrganisationField
          name="organisation"
          quiet
          label={t('readiness.organisation')}
          placeholder={t('readiness.allOrganisations')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) =>
            void navigate({
              search: (old) => ({ ...old, organisationId: organisationId || undefined, cursor: undefined }),
            })
          }
        />
      </div>
      <DayField />
      <Button icon="printer" onPress={() => window.print()}>
        {t('action.print')}
      </Button>
    </div>
  );
  return (
    <>
      <PageHeader title={t('readiness.title')} actions={actions}>
        {tiers.data && (
          <p className="text-[0.9375rem] text-soft">
            {tiers.data.organisation && <span className="me-4">{format.name(tiers.data.organisation)}</span>}
            <AsOfLine readiness={tiers.data} />
          </p>
        )}
      </PageHeader>
      <StoppedWorker />
      {refusal ? (
        <NoSuchDay refusal={refusal} />
      ) : (
        <Loaded query={tiers}>
          {(readiness) =>
            readiness.on ? (
              <PastDay readiness={readiness} on={readiness.on} />
            ) : isEmptyInstall(readiness) && !search.organisationId ? (
              <FirstSteps />
            ) : (
              <>
                <Headline text={readiness.headline.text} />
                {readiness.unreachable !== null && readiness.unreachable > 0 && (
                  <Unreachable count={readiness.unreachable} organisationId={search.organisationId} />
                )}
                <div className="grid gap-x-8 min-[105rem]:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)]">
                  <Section title={t('readiness.byTier')}>
                    <TierTable readiness={readiness} organisationId={search.organisationId} />
                  </Section>
                  <NextDue organisationId={search.organisationId} />
                </div>
                <EffectiveSection organisationId={search.organisationId} />
                <TrendSection to={civilDateOf(readiness.asOf)} />
                <MoversSection asOf={readiness.asOf} />
                <CoverageSection organisationId={search.organisationId} />
                <ForecastSection organisationId={search.organisationId} />
                <SupervisedSection organisationId={search.organisationId} />
                <SystemsAndRules />
              </>
            )
          }
        </Loaded>
      )}
    </>
  );
}

/** What was seen on a day: the figures that were frozen, without ways to lists, which are of now. */
function PastDay({ readiness, on }: { readiness: TierReadiness; on: string }) {
  const { t } = useTranslation();
  return (
    <>
      <PastNotice on={on} madeUp={readiness.madeUp} />
      <Headline text={readiness.headline.text} />
      <Section title={t('readiness.byTier')}>
        <TierTable readiness={readiness} />
      </Section>
      <TrendSection to={on} />
    </>
  );
}

/** The first sentence that a manager reads. */
function Headline({ text }: { text: string }) {
  return (
    <p className="mb-6 border-s-4 border-primary bg-tint px-4 py-3 text-[1.125rem] leading-170 font-700">{text}</p>
  );
}

/** Systems that nobody can be reminded about are a finding of their own, whatever their verdict. */
function Unreachable({ count, organisationId }: { count: number; organisationId?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <p className="mb-6 flex items-start gap-2 border-s-4 border-error px-4 py-2">
      <Icon name="alert" className="mt-1 size-5 text-error" />
      <Link
        to="/systems"
        search={{ reachable: 'false', ...(organisationId && { organisationId }) }}
        className="text-link min-h-6 font-700"
      >
        {t('reachable.count', { count })}
      </Link>
    </p>
  );
}

function NextDue({ organisationId }: { organisationId?: string | undefined }) {
  const { t } = useTranslation();
  const due = useQuery(nextDueQuery(organisationId));
  return (
    <Section
      title={t('readiness.nextDue')}
      aside={
        <LinkButton
          look="quiet"
          to="/obligations"
          search={{ sort: 'dueOn', ...(organisationId && { organisationId }) }}
        >
          {t('readiness.allDue')}
        </LinkButton>
      }
    >
      <Loaded query={due}>{({ items }) => <DueList obligations={items} />}</Loaded>
    </Section>
  );
}

function SystemsAndRules() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { organisationId, tier, verdict, q, cursor } = search;
  const heatmap = useQuery(heatmapQuery({ organisationId, tier, verdict, q, cursor }));
  return (
    <Section title={t('readiness.heatmap')}>
      <HeatmapFilters />
      <Loaded query={heatmap}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState
              title={t('readiness.noMatch')}
              action={<LinkButton to="/">{t('action.clearFilters')}</LinkButton>}
            />
          ) : (
            <>
              <Heatmap heatmap={data} />
              <Pager cursor={search.cursor} nextCursor={data.nextCursor} shown={data.items.length} total={data.total} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
